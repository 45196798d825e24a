/** The door: takes the code or key from behind the # of a link, so that no address that is sent anywhere holds it. */

const form = document.querySelector<HTMLFormElement>("#door")
const field = document.querySelector<HTMLInputElement>("#code")
const wrong = document.querySelector<HTMLElement>("#wrong")

/** A code becomes a cookie and the way to the seat; what is wrong with it is said in place. */
async function enter(code: string): Promise<void> {
  const answer = await fetch(`/api/enter${location.search}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ code }),
  }).catch(() => null)
  if (!answer) return tell(wrong?.dataset.offline)
  const said = (await answer.json()) as { url?: string; say?: string }
  if (said.url) return location.replace(said.url)
  tell(said.say)
}

function tell(words: string | undefined): void {
  if (!wrong) return
  wrong.textContent = words ?? ""
  wrong.hidden = false
  field?.focus()
}

function open(): void {
  const code = decodeURIComponent(location.hash.slice(1))
  if (!code || !form || !field) return
  history.replaceState(null, "", location.pathname + location.search)
  field.value = code
  if ("enter" in form.dataset) void enter(code).catch(() => form.requestSubmit())
  else form.requestSubmit()
}

form?.addEventListener("submit", (event) => {
  if (!("enter" in form.dataset) || !field) return
  event.preventDefault()
  enter(field.value).catch(() => form.submit())
})
addEventListener("hashchange", open)
open()
