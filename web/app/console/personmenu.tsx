/** What can be done about one person, behind three dots beside their name; what was done is undone in the same place. */
import { useId, useRef } from "preact/hooks"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { openBonds } from "./composing/bonds"
import { begin, conductOf, mayHold } from "./conduct"
import { NAMED, openDictation } from "./polls/dictating"
import { press } from "./press"
import { isStaff, me, openPolls, person, room } from "./seen"
import { untoast } from "./toast"

interface Entry {
  words: string
  run: () => unknown
}

export function PersonMenu({ id, place }: { id: string; place: string }) {
  const menu = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const name = useId()
  const all = entries(id, place)
  const it = person(id)
  if (!all.length || !it) return null
  const choose = (entry: Entry) => {
    menu.current?.hidePopover()
    entry.run()
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        class="c-act c-quiet c-dots"
        popovertarget={name}
        aria-label={t("More about {name}", { name: it.name })}
      >
        <span aria-hidden="true">…</span>
      </button>
      <div ref={menu} id={name} popover="auto" class="c-menu" onToggle={() => settle(opener.current, menu.current)}>
        <p class="c-menu-name">{it.name}</p>
        <ul>
          {all.map((entry) => (
            <li key={entry.words}>
              <button type="button" onClick={() => choose(entry)}>
                {entry.words}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

/** Under its button, or over it where the window ends; the keyboard goes into it. */
function settle(opener: HTMLElement | null, menu: HTMLElement | null): void {
  if (!opener || !menu?.matches(":popover-open")) return
  const at = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const under = at.bottom + 4
  menu.style.left = `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`
  menu.style.top = `${Math.max(8, under + height > innerHeight ? at.top - height - 4 : under)}px`
  menu.querySelector("button")?.focus()
}

function entries(id: string, place: string): Entry[] {
  return [...holding(id, place), ...voting(id, place), ...telephoning(id), ...bonding(id), ...leaving(id, place), ...team(id, place), ...removing(id, place)]
}

const undo = (place: string, ask: string, id: string) => () => {
  untoast(ask, id)
  return press(place, ask, { person: id })
}

function holding(id: string, place: string): Entry[] {
  if (!mayHold(id)) return []
  const { paused, lobby, removed } = conductOf(id)
  if (removed) return []
  const back = { words: t("Let back in from the lobby"), run: undo(place, "people.return", id) }
  const write = {
    words: t("End the pause of hand and writing"),
    run: () => press(place, "people.pause", { person: id, on: false }),
  }
  return [
    paused ? write : { words: t("Pause hand and writing …"), run: () => begin("pause", id) },
    lobby ? back : { words: t("Send to the lobby …"), run: () => begin("lobby", id) },
  ]
}

function voting(id: string, place: string): Entry[] {
  const { excluded } = conductOf(id)
  if (person(id)?.role !== "citizen") return []
  const all: Entry[] = []
  if (!excluded && may("people.exclude"))
    all.push({ words: t("Exclude from voting …"), run: () => begin("exclude", id) })
  if (excluded && !excluded.confirmed && excluded.asked_by !== me()?.person && may("people.exclude.confirm"))
    all.push({
      words: t("Confirm the exclusion from voting"),
      run: () => press(place, "people.exclude.confirm", { person: id }),
    })
  if (excluded && may("people.include"))
    all.push({
      words: excluded.confirmed ? t("Let this person vote again") : t("Withdraw the exclusion from voting"),
      run: undo(place, "people.include", id),
    })
  return all
}

function couldVote(poll: string, id: string): boolean {
  const missing = value<string[]>(`polls.${poll}.waiting`) ?? []
  return missing.includes(id) || (missing.length >= NAMED && person(id)?.role === "citizen")
}

/** For each open ballot that they have not filled in: an operator may take it in the call. */
function telephoning(id: string): Entry[] {
  if (!may("ballot.dictate")) return []
  return openPolls()
    .filter(([poll]) => couldVote(poll, id))
    .map(([poll, it]) => ({
      words: t("Take their ballot by telephone: {question}", { question: it.question }),
      run: () => openDictation(poll, id),
    }))
}

function bonding(id: string): Entry[] {
  if (!may("rooms.bond") || person(id)?.role !== "citizen") return []
  return [{ words: t("Together or apart …"), run: () => openBonds(id) }]
}

/** Whoever has left for today counts in no vote any more; whoever comes back is checked in again. */
function leaving(id: string, place: string): Entry[] {
  const it = person(id)
  if (!may("people.out") || it?.role !== "citizen" || !it.checked_in) return []
  return [{ words: t("Has left for today"), run: () => press(place, "people.out", { person: id }) }]
}

function team(id: string, place: string): Entry[] {
  const it = person(id)
  if (!it || !(isStaff(it.role) || it.role === "guest") || !may("roles.give")) return []
  const seat = it.seat_room
  const leads = seat && it.role !== "interpreter" && it.role !== "guest" && room(seat)?.kind === "breakout"
  return [
    { words: t("Give another role …"), run: () => begin("role", id) },
    ...(leads
      ? [
          {
            words: t("Let this person lead {room}", { room: room(seat)?.name ?? seat }),
            run: () => press(place, "rooms.lead", { room: seat, person: id }),
          },
        ]
      : []),
  ]
}

function removing(id: string, place: string): Entry[] {
  const role = person(id)?.role
  if (!may("people.remove") || id === me()?.person || role === "lead") return []
  if (conductOf(id).removed) return [{ words: t("Let in again"), run: undo(place, "people.restore", id) }]
  return [{ words: t("Remove from the session …"), run: () => begin("remove", id) }]
}

/** In a person's line: what holds of them. */
export function ConductMark({ id }: { id: string }) {
  const { paused, lobby, excluded, removed } = conductOf(id)
  const words = [
    removed && t("removed"),
    lobby && t("in the lobby"),
    paused && t("hand paused"),
    excluded && (excluded.confirmed ? t("may not vote") : t("exclusion not confirmed")),
  ].filter(Boolean)
  if (!words.length) return null
  return (
    <span class="c-conduct">
      <Icon name="warn" />
      {words.join(", ")}
    </span>
  )
}
