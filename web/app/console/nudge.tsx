/** Nudges: a word that one person alone reads, to who has been quiet or has spoken long; and who that may be. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { SideMark } from "../lib/ui"
import { value } from "../lib/view"
import { Act, press } from "./press"
import { chairs } from "./queue"
import { byName, hereRoom, people } from "./seen"
import type { Heard, Person, Turn } from "./shapes"
import { clockFace } from "./words"

type Kind = "invite" | "shorter"

const REMEMBERED = 30_000
const sent = signal<ReadonlySet<string>>(new Set())
const shown = signal(20)

/** One press; for a while it says that it was sent. */
export function NudgeAct({ person, name, kind, place }: { person: string; name: string; kind: Kind; place: string }) {
  const key = `${person} ${kind}`
  const nudge = async (): Promise<void> => {
    if (sent.peek().has(key) || !(await press(place, "floor.nudge", { person, kind }))) return
    sent.value = new Set([...sent.peek(), key])
    setTimeout(() => (sent.value = new Set([...sent.peek()].filter((each) => each !== key))), REMEMBERED)
  }
  if (sent.value.has(key))
    return (
      <Act tone="quiet" icon="check" label={t("Sent; only {name} reads it", { name })} onPress={nudge}>
        {t("Sent")}
      </Act>
    )
  if (kind === "invite")
    return (
      <Act tone="quiet" label={t("Invite {name} to speak; only they read it", { name })} onPress={nudge}>
        {t("Invite")}
      </Act>
    )
  return (
    <Act tone="quiet" label={t("Ask to be shorter: only {name} reads it", { name })} onPress={nudge}>
      {t("Ask to be shorter")}
    </Act>
  )
}

/** Everybody in the room by name: who has had no turn, and what the others have had. Never by who had most. */
export function EachPerson() {
  const heard = value<Heard>("floor.heard")?.people ?? {}
  const speaking = value<Turn | null>("floor.turn")?.person
  const room = hereRoom()?.id
  const all = people()
    .filter(([id, it]) => it.room === room && it.presence !== "gone" && canBeNudged(it) && id !== speaking)
    .sort(([, a], [, b]) => byName(a.name, b.name))
  const quiet = all.filter(([id]) => !(id in heard))
  const spoken = all.filter(([id]) => id in heard)
  if (!all.length) return null
  return (
    <div class="c-each">
      <People heading={n("{n} has had no turn yet", "{n} have had no turn yet", quiet.length)} of={quiet} kind="invite" />
      <People heading={n("{n} has had a turn", "{n} have had a turn", spoken.length)} of={spoken} kind="shorter" heard={heard} />
      <p class="c-soft">{t("What you send from here only that person reads.")}</p>
    </div>
  )
}

const canBeNudged = (it: Person): boolean => it.role === "citizen" || it.role === "guest"

interface PeopleProps {
  heading: string
  of: [string, Person][]
  kind: Kind
  heard?: Record<string, number>
}

function People({ heading, of, kind, heard }: PeopleProps) {
  if (!of.length) return null
  return (
    <>
      <h4>{heading}</h4>
      <ul>
        {of.slice(0, shown.value).map(([id, it]) => (
          <li key={id} class="c-each-person">
            <span class="c-share-name">
              {it.name} <SideMark side={it.side} />
            </span>
            {heard && <span class="c-soft">{clockFace(heard[id] ?? 0)}</span>}
            {chairs() && <NudgeAct person={id} name={it.name} kind={kind} place="heard" />}
          </li>
        ))}
      </ul>
      {of.length > shown.value && <Act onPress={() => (shown.value += 100)}>{t("Show more")}</Act>}
    </>
  )
}
