/** The back channel: what the team says among itself, folded away with a count of what was not read yet. */
import { effect, signal } from "@preact/signals"
import { useEffect, useRef } from "preact/hooks"
import { clockTime } from "../lib/clock"
import { page } from "../lib/page"
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, under } from "../lib/view"
import { Answer, press } from "./press"
import { breakouts, isStaff, me, room } from "./seen"
import { roleWord } from "./words"

interface Message {
  person: string
  name: string
  role: string | null
  at: number
  text: string
  to: string | null
}

const KEY = `palabre-team-${page.seat}`
const open = signal(false)
const typed = signal("")
const to = signal("")
const read = signal(stored())

function stored(): number {
  try {
    return Number(localStorage.getItem(KEY) ?? 0)
  } catch {
    return 0
  }
}

effect(() => {
  try {
    localStorage.setItem(KEY, String(read.value))
  } catch {
    // What was read is known for this page only.
  }
})

const number = (id: string) => Number(id.slice(1))

function messages(): [number, Message][] {
  return under<Message>("team")
    .map(([id, it]): [number, Message] => [number(id), it])
    .sort(([a], [b]) => a - b)
}

export const unread = () => messages().filter(([id, it]) => id > read.value && it.person !== me()?.person).length

export function TeamFold() {
  if (!may("team.say")) return null
  const waiting = unread()
  return (
    <details class="c-team" open={open.value} onToggle={(event) => toggled(event.currentTarget)}>
      <summary>
        <Icon name="letter" />
        <span>{t("Team only")}</span>
        {waiting > 0 && <strong class="c-need">{n("{n} new message", "{n} new messages", waiting)}</strong>}
      </summary>
      {open.value && <Channel />}
    </details>
  )
}

function toggled(fold: HTMLDetailsElement): void {
  open.value = fold.open
  if (fold.open) requestAnimationFrame(() => fold.scrollIntoView({ block: "nearest" }))
}

function Channel() {
  const all = messages()
  const last = all.at(-1)?.[0] ?? 0
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (last > read.peek()) read.value = last
    const box = list.current
    if (box) box.scrollTop = box.scrollHeight
  }, [last])
  return (
    <>
      <p class="c-soft">{t("Only the team reads this, never citizens or observers.")}</p>
      <div class="c-team-list" ref={list} role="log" aria-label={t("Messages of the team")} tabIndex={0}>
        {all.length === 0 && <p class="c-nobody">{t("Nobody has written yet")}</p>}
        {all.map(([id, it]) => (
          <article key={id} class={it.person === me()?.person ? "c-team-own" : ""}>
            <p class="c-team-head">
              <strong>{it.name}</strong>
              <span class="c-soft">
                {it.role && `${roleWord(it.role)} · `}
                {clockTime(it.at, true)}
              </span>
              {it.to && <span class="c-team-to">{t("for {whom}", { whom: whom(it.to) })}</span>}
            </p>
            <p>{it.text}</p>
          </article>
        ))}
      </div>
      <Say />
    </>
  )
}

const ROLES = ["lead", "support", "facilitator", "note-taker", "interpreter", "expert"].filter(isStaff)

const whom = (to: string) => (ROLES.includes(to) ? roleWord(to) : (room(to)?.name ?? to))

function Say() {
  const say = async () => {
    const text = typed.value.trim()
    if (!text || !(await press("team", "team.say", { text, ...(to.value ? { to: to.value } : {}) }))) return
    if (typed.value.trim() === text) typed.value = ""
  }
  const enter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void say()
  }
  return (
    <form class="c-inline" onSubmit={(event) => (event.preventDefault(), void say())}>
      <label>
        <span>{t("Message to the team")}</span>
        <textarea
          rows={2}
          maxLength={1000}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
          onKeyDown={enter}
        />
      </label>
      <div class="c-acts">
        <select aria-label={t("For whom")} value={to.value} onChange={(event) => (to.value = event.currentTarget.value)}>
          <option value="">{t("for everybody in the team")}</option>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {t("for {whom}", { whom: roleWord(role) })}
            </option>
          ))}
          {breakouts().map((each) => (
            <option key={each.id} value={each.id}>
              {t("for {whom}", { whom: each.name })}
            </option>
          ))}
        </select>
        <button type="submit" class="c-act c-plain" disabled={!typed.value.trim()}>
          {t("Send")}
        </button>
      </div>
      <Answer place="team" />
    </form>
  )
}
