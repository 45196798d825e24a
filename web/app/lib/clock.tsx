/** The server's clock in this browser: what time it is, until when, how much is left. */
import { signal, type ReadonlySignal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { announce } from "./announce"
import { lang, n, t } from "./texts"
import { value } from "./view"

const MINUTE = 60_000
const SAMPLES = 5

let offset = 0
const ticking = signal(Date.now())

/** Server time in milliseconds, once a second. */
export const now: ReadonlySignal<number> = ticking

/** Server time in milliseconds, this very moment. */
export function instant(): number {
  return Date.now() + offset
}

/** Learns the difference to the server's clock from a few questions; the one with the median round trip counts (ms). */
export async function measure(serverTime: () => Promise<number>): Promise<number> {
  const samples: { trip: number; offset: number }[] = []
  for (let i = 0; i < SAMPLES; i++) {
    const sent = performance.now()
    const there = await serverTime()
    const trip = performance.now() - sent
    samples.push({ trip, offset: there + trip / 2 - Date.now() })
  }
  samples.sort((a, b) => a.trip - b.trip)
  const middle = samples[Math.floor(samples.length / 2)]
  setOffset(middle?.offset ?? offset)
  return middle?.trip ?? 0
}

/** For a page without a socket: the time that stood in an answer. */
export function setOffset(next: number): void {
  offset = next
  tick()
}

let timer: ReturnType<typeof setTimeout> | undefined

function tick(): void {
  clearTimeout(timer)
  ticking.value = instant()
  timer = setTimeout(tick, 1000 - (((ticking.value % 1000) + 1000) % 1000) + 5)
}
tick()

let madeClock: { timeZone: string | undefined; format: Intl.DateTimeFormat } | undefined

/** Slow to make and quick to ask, many times a second. */
function wallClock(timeZone: string | undefined): Intl.DateTimeFormat {
  if (madeClock?.timeZone !== timeZone || !madeClock) {
    const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone })
    madeClock = { timeZone, format }
  }
  return madeClock.format
}

/** "18 h 00", "18:00 Uhr", "18:00": a clock time in the session's time zone. `short` is "18:00" everywhere, for tables. */
export function clockTime(ms: number, short = false): string {
  const timeZone = value<{ timezone?: string }>("session")?.timezone
  const parts = wallClock(timeZone).formatToParts(ms)
  const part = (type: string): string => parts.find((found) => found.type === type)?.value ?? ""
  const [hour, minute] = [part("hour"), part("minute")]
  return short ? `${hour}:${minute}` : t("{hour}:{minute}", { hour, minute })
}

/** "Saturday 14 November", in the session's time zone. */
export function day(ms: number): string {
  const timeZone = value<{ timezone?: string }>("session")?.timezone
  return new Intl.DateTimeFormat(lang.value, { weekday: "long", day: "numeric", month: "long", timeZone }).format(ms)
}

/** "1:12", for a speaker's turn. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.round(Math.abs(ms) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

/** "12 min left", "40 s left", "5 min over", for a difference in milliseconds. Seconds only in the last minute. */
export function left(ms: number): string {
  if (ms > 90 * MINUTE) return hoursLeft(Math.ceil(ms / MINUTE))
  if (ms > MINUTE) return n("{n} min left", "{n} min left", Math.ceil(ms / MINUTE))
  if (ms > 0) return n("{n} s left", "{n} s left", Math.ceil(ms / 1000))
  if (ms > -MINUTE) return t("Time is up")
  return n("{n} min over", "{n} min over", Math.floor(-ms / MINUTE))
}

function hoursLeft(minutes: number): string {
  return n("{n} h {minutes} min left", "{n} h {minutes} min left", Math.floor(minutes / 60), { minutes: minutes % 60 })
}

/** The time that counts for something that may be paused. */
export function remaining(ends: number, paused?: number | null): number {
  return ends - (paused ?? now.value)
}

interface UntilProps {
  ends: number
  paused?: number | null
  /** Says 10, 5 and 1 minutes and the end to screen readers. One clock a page does. */
  says?: boolean
}

/** "until 10:45 · 12 min left": first the clock on the wall, then what is left. */
export function Until({ ends, paused, says = false }: UntilProps) {
  const rest = remaining(ends, paused)
  useMilestones(says && !paused, ends, rest)
  return (
    <span class={`until ${rest <= 0 ? "over" : ""}`}>
      <span class="until-clock">{t("until {time}", { time: clockTime(ends) })}</span>{" "}
      <span class="until-left">{paused ? t("Paused") : left(rest)}</span>
    </span>
  )
}

const MILESTONES = [10, 5, 1, 0]

function useMilestones(on: boolean, ends: number, rest: number): void {
  const before = useRef({ ends, rest })
  useEffect(() => {
    const last = before.current
    before.current = { ends, rest }
    if (!on || last.ends !== ends) return
    for (const minutes of MILESTONES) {
      const mark = minutes * MINUTE
      if (last.rest > mark && rest <= mark && rest > mark - MINUTE / 2) announce(milestone(minutes))
    }
  })
}

function milestone(minutes: number): string {
  return minutes ? n("{n} minute left.", "{n} minutes left.", minutes) : t("Time is up")
}
