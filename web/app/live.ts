/** The observers' page: goes on counting, and is drawn again in place whenever something changed. */

interface Words {
  minutes: string[]
  seconds: string[]
  over: string[]
  up: string[]
}

const MINUTE = 60_000
const page = JSON.parse(document.getElementById("palabre")?.textContent ?? "{}") as { session: string; lang: string; words: Words; stage: boolean }

let offset = 0
let asked = false
let again = false

/** The server writes the page; here only its middle is exchanged, so that it is made in one place alone. */
async function redraw(): Promise<void> {
  if (asked) return void (again = true)
  asked = true
  const drawn = await fetched()
  if (!drawn) again = true // the stream of events, once it is back, need not repeat what it told already
  // Many look at this page: they do not all come back in the same moment.
  setTimeout(() => {
    asked = false
    if (again) void redraw()
    again = false
  }, (drawn ? 300 : 1500) + Math.random() * (drawn ? 700 : 3000))
}

async function fetched(): Promise<boolean> {
  try {
    const answer = await fetch(`/live/${page.session}?lang=${page.lang}${page.stage ? "&stage" : ""}`, { cache: "no-store" })
    if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"))
    return answer.ok || answer.status < 500
  } catch {
    return false
  }
}

function exchange(next: Document): void {
  const [old, fresh] = [document.getElementById("live"), next.getElementById("live")]
  if (!old || !fresh) return
  offset = Number(fresh.dataset.now) - Date.now()
  if (old.innerHTML === fresh.innerHTML) return
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.getAttribute("aria-label") : null
  for (const { id } of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute("open", "")
  old.replaceWith(document.adoptNode(fresh))
  if (focused) document.querySelector<HTMLElement>(`#live [aria-label="${CSS.escape(focused)}"]`)?.focus()
  tick()
}

function tick(): void {
  for (const clock of document.querySelectorAll<HTMLElement>("[data-ends]")) {
    const rest = Number(clock.dataset.ends) - Date.now() - offset
    const words = left(rest)
    if (clock.textContent !== words) clock.textContent = words
    clock.classList.toggle("over", rest <= 0)
  }
}

function left(rest: number): string {
  if (rest > MINUTE) return many(page.words.minutes, Math.ceil(rest / MINUTE))
  if (rest > 0) return many(page.words.seconds, Math.ceil(rest / 1000))
  if (rest > -MINUTE) return page.words.up[0] ?? ""
  return many(page.words.over, Math.floor(-rest / MINUTE))
}

function many(forms: string[], count: number): string {
  const form = new Intl.PluralRules(page.lang).select(count) === "one" ? forms[0] : forms[1]
  return (form ?? "").replace("{n}", new Intl.NumberFormat(page.lang).format(count))
}

function follow(): void {
  const events = new EventSource(`/api/live/${page.session}/events?lang=${page.lang}`)
  events.addEventListener("message", () => void redraw())
  events.addEventListener("error", () => {
    if (events.readyState !== EventSource.CLOSED) return
    setTimeout(follow, 3000 + Math.random() * 3000)
  })
}

offset = Number(document.getElementById("live")?.dataset.now) - Date.now()
follow()
tick()
setInterval(tick, 1000)
