/** The line to the server: it comes back by itself for ever, and loses nothing that was asked. */
import { batch, effect, signal, type ReadonlySignal } from "@preact/signals"
import { io, type Socket } from "socket.io-client"
import * as parser from "socket.io-msgpack-parser"
import { asking, dropAll, pause, settle, take, type Answer, type Asking } from "./asks"
import { measure } from "./clock"
import { page } from "./page"
import * as poll from "./slowly"
import { read } from "./texts"
import { apply, value, type Patch } from "./view"

export { asking, late, type Answer, type Asking } from "./asks"

export type Line = "connecting" | "on" | "slow" | "off" | "bye"

const SLOW_ANSWER = 4000
const DEAD_LINE = 2500
const NO_SOCKET = 10_000
/** Around these a page waits before it tries again: never long, and never all pages at once. */
const TRIES = { reconnectionDelay: 500, reconnectionDelayMax: 2000, randomizationFactor: 1 }
const FINAL = new Set(["unknown-code", "unknown-seat", "revoked", "removed", "not-public"])

const state = signal<Line>("connecting")
const why = signal<string | null>(null)
const cannotKeep = signal(false)

export const line: ReadonlySignal<Line> = state
export const byeWhy: ReadonlySignal<string | null> = why
/** The server is there, but what it keeps things in is not: it says so, and says when that is over. */
export const keepsNothing: ReadonlySignal<boolean> = cannotKeep

let socket: Socket
let spareTimer: ReturnType<typeof setTimeout> | undefined

/** Asks for something. The promise stays open through any loss of connection, until there is an answer. */
export function ask(name: string, body: unknown = {}): Promise<Answer> {
  return new Promise((done) => send(take(name, body, done)))
}

/** Opens the line. Called once by each page. */
export function start(): void {
  socket = io({
    path: "/socket.io/",
    transports: ["websocket"],
    parser,
    auth: { seat: page.seat, lang: page.lang },
    ...TRIES,
    timeout: 5000,
  })
  socket.on("connect", arrived)
  socket.on("disconnect", left)
  socket.on("connect_error", failed)
  socket.on("patch", taken)
  socket.on("state", ({ journal }: { journal: string }) => (cannotKeep.value = journal === "unreachable"))
  socket.on("bye", dismissed)
  spare()
  setInterval(learnTime, 60_000)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake())
  addEventListener("online", wake)
  addEventListener("pageshow", (event) => event.persisted && wake())
  effect(() => {
    const language = value<{ language?: string | null }>("me")?.language
    if (language) void read(language)
  })
}

function arrived(): void {
  clearTimeout(spareTimer)
  spareTimer = undefined
  poll.stop()
  batch(() => {
    state.value = "on"
    cannotKeep.value = false
  })
  void learnTime()
  for (const asked of asking.peek()) send(asked)
}

function left(reason: string): void {
  if (state.peek() === "bye") return
  state.value = "off"
  spare()
  if (reason === "io server disconnect") connectSoon()
}

function failed(error: Error): void {
  if (FINAL.has(error.message)) return end(error.message)
  if (state.peek() === "on") state.value = "off"
  if (!socket.active) connectSoon()
}

/** Where the library would leave it at that. */
function connectSoon(): void {
  setTimeout(() => state.peek() !== "bye" && socket.connect(), 300 + Math.random() * 1400)
}

function dismissed({ why: reason, again }: { why: string; again: boolean }): void {
  if (!again) end(reason)
}

function end(reason: string): void {
  state.value = "bye"
  why.value = reason
  dropAll()
  clearTimeout(spareTimer)
  poll.stop()
  socket.disconnect()
}

let asksAll = false

function taken(patch: Patch): void {
  if (apply(patch) || asksAll) return
  asksAll = true
  socket.timeout(5000).emit("all", [], () => (asksAll = false))
}

function send(asked: Asking): void {
  if (state.peek() === "bye") return
  if (socket.connected) sendOnSocket(asked)
  else if (poll.on()) void poll.ask(asked).then((answer) => answer && answered(asked, answer))
}

function sendOnSocket(asked: Asking): void {
  const slow = setTimeout(() => noteSlow(asked), SLOW_ANSWER)
  socket.emit("ask", [asked.ticket, asked.name, asked.body], (answer: Answer) => {
    clearTimeout(slow)
    if (state.peek() === "slow") state.value = "on"
    answered(asked, answer)
  })
}

function noteSlow(asked: Asking): void {
  if (state.peek() === "on" && asking.peek().includes(asked)) state.value = "slow"
}

function answered(asked: Asking, answer: Answer): void {
  const wait = pause(answer)
  if (wait === null) settle(asked, answer)
  else setTimeout(() => send(asked), wait)
}

/** Where no socket opens for a while, the page reads and asks by plain HTTP, and keeps trying the socket. */
function spare(): void {
  spareTimer ??= setTimeout(() => {
    poll.begin((reached) => {
      if (state.peek() === "bye" || socket.connected) return
      state.value = reached ? "slow" : "off"
      if (reached) for (const asked of asking.peek()) send(asked)
    }, end)
  }, NO_SOCKET)
}

/** A phone that woke up may hold a line that died in its sleep: it is tried, and replaced at once. */
function wake(): void {
  if (state.peek() === "bye") return
  if (!socket.connected) return again()
  socket.timeout(DEAD_LINE).emit("time", [], (dead: Error | null) => dead && again())
}

function again(): void {
  socket.disconnect().connect()
}

async function learnTime(): Promise<void> {
  if (!socket.connected) return
  try {
    const trip = await measure(serverTime)
    tripTaken(trip)
  } catch {
    // The line went while asking; it is asked again when it is back.
  }
}

let tripTaken: (median: number) => void = () => {}

/** Tells the round trip (ms) each time that the page has asked for the time. */
export function onTrip(told: (median: number) => void): void {
  tripTaken = told
}

async function serverTime(): Promise<number> {
  const answer = (await socket.timeout(5000).emitWithAck("time", [])) as { now: number }
  return answer.now
}
