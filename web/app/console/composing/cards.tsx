/** Proposed or accepted rooms as cards: who sits where, who interprets, who met before; names can be moved. */
import { signal } from "@preact/signals"
import { useEffect } from "preact/hooks"
import { list, n, t } from "../../lib/texts"
import { Icon, SideMark } from "../../lib/ui"
import { may } from "../../lib/view"
import { byName, person, personName, sides } from "../seen"
import { languageName, placeWord, roleWord } from "../words"
import { Changed } from "./changed"
import { Dragging, type Onto, begin } from "./dragging"
import { Mirror } from "./mirror"
import { byHand, moveTo } from "./moving"
import { breachWords } from "./reasons"
import { SeatMover } from "./seatmover"
import type { Breach, SeatedRoom } from "./shapes"
import { WhyHere } from "./whyhere"

const chosen = signal<string | null>(null)

interface SeatCardsProps {
  /** The composition that they are of: moves by hand are forgotten with it. */
  of: string
  rooms: readonly SeatedRoom[]
  broken?: readonly Breach[]
  /** Nobody can be moved now. */
  fixed?: boolean
}

export function SeatCards({ of, rooms, broken = [], fixed = false }: SeatCardsProps) {
  useEffect(() => () => void (byHand.value = null), [of])
  const names = new Map(rooms.map((it) => [it.id, it.name]))
  return (
    <>
      <ul class="c-cards c-seat-cards">
        {rooms.map((it) => (
          <Card
            key={it.id}
            room={it}
            rooms={rooms}
            fixed={fixed}
            broken={broken.filter((each) => each.room === it.id)}
            name={(id) => placeWord(names.get(id) ?? id)}
          />
        ))}
      </ul>
      <Dragging />
    </>
  )
}

interface CardProps {
  room: SeatedRoom
  rooms: readonly SeatedRoom[]
  broken: readonly Breach[]
  fixed: boolean
  name: (room: string) => string
}

function Card({ room, rooms, broken, fixed, name }: CardProps) {
  const ids = [...room.people].sort((a, b) => byName(personName(a), personName(b)))
  return (
    <li class="c-card" data-place={room.id}>
      <header>
        <h4>{placeWord(room.name)}</h4>
        <span class="c-soft">{n("{n} person", "{n} people", ids.length)}</span>
        <PerSide people={ids} />
      </header>
      {room.topic && <p class="c-topic">{t("Topic: {topic}", { topic: room.topic })}</p>}
      <Spoken room={room} />
      <Changed room={room} name={name} />
      {broken.map((it) => (
        <p key={`${it.rule} ${it.people?.join(" ")}`} class="c-broken c-worse">
          <Icon name="warn" />
          <span>{breachWords({ ...it, room: "" }, name)}</span>
        </p>
      ))}
      <ul class="c-names">
        {[...(room.staff ?? []), ...ids].map((id) => (
          <Name key={id} id={id} room={room} rooms={rooms} fixed={fixed} />
        ))}
      </ul>
      <MetBefore pairs={room.again ?? []} />
      <Mirror room={placeWord(room.name)} cells={room.mirror ?? []} />
    </li>
  )
}

/** The languages of a room, and who interprets between them. */
function Spoken({ room: { languages = [], interpreted = [], team = [] } }: { room: SeatedRoom }) {
  if (languages.length < 2 && !team.length) {
    const [only] = languages
    return only && only !== "*" ? <p class="c-room-languages">{languageName(only)}</p> : null
  }
  const pairs = interpreted.map(([one, other]) => `${languageName(one)} – ${languageName(other)}`)
  return (
    <p class="c-room-languages">
      {pairs.length ? list(pairs) : list(languages.map(languageName))}
      {interpreted.length > 0 && (
        <span class={team.length ? "c-soft" : "c-worse"}>
          {" "}
          {team.length
            ? t("interpreted by {names}", { names: list(team.map(personName)) })
            : t("nobody is named who interprets")}
        </span>
      )}
    </p>
  )
}

function PerSide({ people }: { people: readonly string[] }) {
  return (
    <span class="c-per-side">
      {sides().map(({ id }) => (
        <span key={id}>
          <SideMark side={id} /> {people.filter((it) => person(it)?.side === id).length}
        </span>
      ))}
    </span>
  )
}

/** From so many pairs on they are folded. */
const UNFOLDED = 2

function MetBefore({ pairs }: { pairs: readonly [string, string][] }) {
  if (!pairs.length) return null
  return (
    <details class="c-met" open={pairs.length <= UNFOLDED}>
      <summary>{n("{n} pair has met before", "{n} pairs have met before", pairs.length)}</summary>
      <ul>
        {pairs.map(([one, other]) => (
          <li key={`${one} ${other}`}>{list([personName(one), personName(other)])}</li>
        ))}
      </ul>
    </details>
  )
}

interface NameProps {
  id: string
  room: SeatedRoom
  rooms: readonly SeatedRoom[]
  fixed: boolean
}

function Name({ id, room, rooms, fixed }: NameProps) {
  const open = chosen.value === id
  const it = person(id)
  const staff = room.staff?.includes(id) ?? false
  const words = (
    <>
      <span class="c-name-own">{it?.name ?? id}</span>{" "}
      {staff && <small class="c-soft">{roleWord(it?.role ?? "")}</small>}{" "}
      <Marks id={id} room={room} />
      <Languages codes={it?.speaks ?? []} />{" "}
      <SideMark side={it?.side ?? null} />
    </>
  )
  const kind = staff ? "c-name c-name-staff" : "c-name"
  if (!may("rooms.place")) return <li class={kind}>{words}</li>
  const dropped = (onto: Onto) => void moveTo(id, onto.room, rooms, onto.person ?? undefined)
  return (
    <li class="c-name-row" data-person={id} onPointerDown={(event) => !fixed && begin(event, id, dropped)}>
      {!fixed && <span class="c-grip" aria-hidden="true" />}
      <button type="button" class={kind} aria-expanded={open} onClick={() => (chosen.value = open ? null : id)}>
        {words}
      </button>
      {open && <WhyHere id={id} room={room} />}
      {open && !fixed && <SeatMover person={id} at={room.id} rooms={rooms} close={() => (chosen.value = null)} />}
    </li>
  )
}

/** In short, the whole name for whoever points at it or listens. */
function Languages({ codes }: { codes: readonly string[] }) {
  return (
    <span class="c-name-languages">
      {codes.map((code) => (
        <abbr key={code} title={languageName(code)}>
          {code.toUpperCase()}{" "}
        </abbr>
      ))}
    </span>
  )
}

/** What a name stands out by: alone in a language, met somebody of the room before. */
function Marks({ id, room: { alone = [], again = [] } }: { id: string; room: SeatedRoom }) {
  const met = again.filter((pair) => pair.includes(id)).length
  return (
    <>
      {alone.includes(id) && (
        <span class="c-mark-alone" title={t("The only one of their language here")}>
          <Icon name="warn" />
          <span class="unseen">{t("The only one of their language here")}</span>
        </span>
      )}
      {met > 0 && (
        <span class="c-mark-met" title={n("Has met {n} person here before", "Has met {n} people here before", met)}>
          <Icon name="people" />
          <span aria-hidden="true">{met}</span>
          <span class="unseen">{n("Has met {n} person here before", "Has met {n} people here before", met)}</span>
        </span>
      )}
    </>
  )
}
