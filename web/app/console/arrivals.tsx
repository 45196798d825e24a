/** People who arrive late: who comes to which room, what to tell them, and one tap to let them in. */
import { useEffect, useRef } from "preact/hooks"
import { announce } from "../lib/announce"
import { clockTime, left, now } from "../lib/clock"
import { list, n, t } from "../lib/texts"
import { Icon, SideMark } from "../lib/ui"
import { may, under } from "../lib/view"
import { Act, Answer, press } from "./press"
import { hereRoom, room } from "./seen"
import { languageInWords } from "./composing/words"

interface Arrival {
  person: string
  name: string
  room: string
  at: number
  until: number
  brief: Brief
}

interface Brief {
  side: string | null
  languages: string[]
  heard: "shared" | "interpreted" | "none"
  by_telephone: boolean
  helpers: string[]
  topic?: string | null
  task: string
  ends: number | null
}

export const arriving = (): Arrival[] =>
  under<Arrival>("arrival")
    .map(([, it]) => it)
    .sort((a, b) => a.until - b.until)

/** Everybody whom I may let in; who comes first, first. */
export function Arrivals() {
  const all = arriving()
  const said = useRef(new Set<string>())
  useEffect(() => {
    for (const it of all.filter((each) => !said.current.has(each.person))) announce(title(it))
    said.current = new Set(all.map((it) => it.person))
  })
  if (!all.length) return null
  return (
    <section class="c-arrivals" aria-label={t("People who arrive")}>
      <ul>
        {all.map((it) => (
          <One key={it.person} arrival={it} />
        ))}
      </ul>
      <Answer place="arrivals" />
    </section>
  )
}

const roomName = (id: string) => room(id)?.name ?? hereRoom()?.name ?? id

const title = (it: Arrival) => t("{name} arrives in room {room}", { name: it.name, room: roomName(it.room) })

function One({ arrival: it }: { arrival: Arrival }) {
  const seconds = Math.max(0, Math.ceil((it.until - now.value) / 1000))
  return (
    <li class="c-arrival">
      <p class="c-arrival-head">
        <Icon name="people" />
        <strong>{title(it)}</strong> <SideMark side={it.brief.side} />
      </p>
      <ul class="c-brief">
        {brief(it.brief).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        {t("To tell them:")} <q>{toTell(it.brief)}</q>
      </p>
      <div class="c-acts">
        {may("rooms.admit") && (
          <Act
            tone="main"
            once
            label={t("Let in {name}", { name: it.name })}
            onPress={() => press("arrivals", "rooms.admit", { person: it.person })}
          >
            {t("Let in")}
          </Act>
        )}
        <span class="c-soft">
          {n("Comes in by themselves in {n} second", "Comes in by themselves in {n} seconds", seconds)}
        </span>
      </div>
    </li>
  )
}

/** Who comes and how they are understood, a line each. */
function brief(it: Brief): string[] {
  const languages = list(it.languages.map(languageInWords))
  const lines = it.languages.length ? [t("Speaks {languages}", { languages })] : []
  if (it.heard === "interpreted") lines.push(t("There is interpretation for them."))
  if (it.heard === "none") lines.push(t("Nobody interprets for them here: please look who can help."))
  if (it.by_telephone) lines.push(t("Is on the telephone and sees nothing: please read aloud what is on the screen."))
  if (it.topic) lines.push(t("This room talks about: {topic}", { topic: it.topic }))
  if (it.helpers.length) lines.push(t("Comes with {names}", { names: list(it.helpers) }))
  return lines
}

function toTell(it: Brief): string {
  const task = /[.?!…]$/.test(it.task) ? it.task : `${it.task}.`
  if (!it.ends) return task
  return t("{task} We talk until {time}, {left}.", {
    task,
    time: clockTime(it.ends, true),
    left: left(it.ends - now.value),
  })
}
