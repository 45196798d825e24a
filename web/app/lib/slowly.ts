/** The way round for networks that let no WebSocket through: all layers every three seconds, asks one by one. */
import type { Answer, Asking } from "./asks"
import { setOffset } from "./clock"
import { page } from "./page"
import { apply, type Patch } from "./view"

const EVERY = 3000

let timer: ReturnType<typeof setTimeout> | undefined
let running = 0
let etag = ""
const underway = new Set<string>()

export function on(): boolean {
  return running !== 0
}

/** Reads until stopped; tells after each read whether the server was reached. */
export function begin(told: (reached: boolean) => void, gone: (why: string) => void): void {
  stop()
  running = Date.now()
  void round(running, told, gone)
}

export function stop(): void {
  clearTimeout(timer)
  running = 0
  etag = ""
}

/** One ask by HTTP; null when it was not answered and has to be tried again. */
export async function ask({ ticket, name, body }: Asking): Promise<Answer | null> {
  if (underway.has(ticket)) return null
  underway.add(ticket)
  try {
    const answer = await fetch("/api/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ seat: page.seat, ticket, name, body }),
    })
    const said = (await answer.json()) as Answer
    return "ok" in said || "refused" in said ? said : null
  } catch {
    return null
  } finally {
    underway.delete(ticket)
  }
}

async function round(mine: number, told: (reached: boolean) => void, gone: (why: string) => void): Promise<void> {
  const reached = await look(gone)
  if (running !== mine) return
  told(reached)
  timer = setTimeout(() => void round(mine, told, gone), EVERY)
}

async function look(gone: (why: string) => void): Promise<boolean> {
  try {
    const headers: Record<string, string> = etag ? { "If-None-Match": etag } : {}
    const answer = await fetch(`/api/me?seat=${encodeURIComponent(page.seat)}`, { headers, cache: "no-store" })
    if (answer.status === 304) return true
    if (answer.status === 401 || answer.status === 403) gone(answer.status === 403 ? "removed" : "revoked")
    if (!answer.ok) return false
    take(answer, (await answer.json()) as Whole)
    return true
  } catch {
    return false
  }
}

/** `{"layers": [whole patches], "now": ms}`. */
interface Whole {
  layers: Patch[]
  now?: number
}

function take(answer: Response, whole: Whole): void {
  if (!running) return
  etag = answer.headers.get("ETag") ?? ""
  const now = whole.now ?? Date.parse(answer.headers.get("Date") ?? "")
  if (Number.isFinite(now)) setOffset(now - Date.now())
  for (const patch of whole.layers) apply({ ...patch, since: 0 })
}
