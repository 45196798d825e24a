/** A proposed composition as cards with names; accept it, compose again, place somebody by hand, open. */
import { signal } from "@preact/signals"
import { n, t } from "../lib/texts"
import { Icon, Notice, SideMark } from "../lib/ui"
import { may } from "../lib/view"
import { openRooms } from "./acts"
import { Mover } from "./mover"
import { Unplaced } from "./unplaced"
import { Act, press } from "./press"
import { breakouts, byName, person, personName, sides } from "./seen"
import type { Proposal } from "./shapes"

const chosen = signal<string | null>(null)

type Shown = Proposal["rooms"][number]

export function ProposalCards({ proposal, accepted }: { proposal: Proposal; accepted: boolean }) {
  const people = proposal.rooms.reduce((sum, it) => sum + it.people.length, 0)
  const title = n("{rooms} for {n} person", "{rooms} for {n} people", people, {
    rooms: n("{n} room", "{n} rooms", proposal.rooms.length),
  })
  return (
    <section class="c-proposal" aria-label={accepted ? t("Accepted rooms") : t("Proposed rooms")}>
      <header class="c-proposal-head">
        <h3>
          {accepted ? <Icon name="check" /> : <Icon name="people" />}
          {accepted ? t("Accepted: {what}", { what: title }) : t("Proposal: {what}", { what: title })}
        </h3>
        <div class="c-acts">
          {!accepted && may("rooms.accept") && (
            <Act icon="check" onPress={() => press("rooms", "rooms.accept", { proposal: proposal.id })}>
              {t("Accept")}
            </Act>
          )}
          <Openers />
        </div>
      </header>
      <Relaxed reasons={proposal.relaxed ?? []} />
      <Unplaced rooms={proposal.rooms} />
      <Cards rooms={proposal.rooms} />
    </section>
  )
}

/** Rooms that were accepted and whose proposal is no longer shown. */
export function RoomsReady() {
  return (
    <section class="c-proposal" aria-label={t("Accepted rooms")}>
      <header class="c-proposal-head">
        <h3>
          <Icon name="check" />
          {n("{n} room", "{n} rooms", breakouts().length)}
        </h3>
        <div class="c-acts">
          <Openers />
        </div>
      </header>
      <Unplaced rooms={breakouts()} />
      <Cards rooms={breakouts()} />
    </section>
  )
}

function Openers() {
  if (!may("rooms.open")) return null
  return (
    <>
      <Act onPress={() => openRooms(0, "rooms")}>{t("Open now")}</Act>
      <Act tone="main" icon="room" onPress={() => openRooms(20, "rooms")}>
        {t("Open in 20 s")}
      </Act>
    </>
  )
}

function Relaxed({ reasons }: { reasons: NonNullable<Proposal["relaxed"]> }) {
  if (!reasons.length) return null
  return (
    <Notice tone="warn">
      <strong>{t("Not everything could be kept:")}</strong>
      <ul>
        {reasons.map((it) => {
          const words = typeof it === "string" ? it : it.say
          return <li key={words}>{words}</li>
        })}
      </ul>
    </Notice>
  )
}

function Cards({ rooms }: { rooms: readonly Shown[] }) {
  return (
    <ul class="c-cards">
      {rooms.map((it) => (
        <Card key={it.id} room={it} rooms={rooms} />
      ))}
    </ul>
  )
}

function Card({ room, rooms }: { room: Shown; rooms: readonly Shown[] }) {
  const names = [...room.people].sort((a, b) => byName(personName(a), personName(b)))
  return (
    <li class="c-card">
      <header>
        <h4>{room.name}</h4>
        <span class="c-soft">{n("{n} person", "{n} people", names.length)}</span>
        <PerSide people={names} />
      </header>
      <ul class="c-names">
        {(room.staff ?? []).map((id) => (
          <li key={id} class="c-name-staff">
            {personName(id)}
          </li>
        ))}
        {names.map((id) => (
          <Name key={id} id={id} room={room} rooms={rooms} />
        ))}
      </ul>
    </li>
  )
}

export function PerSide({ people }: { people: readonly string[] }) {
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

function Name({ id, room, rooms }: { id: string; room: Shown; rooms: readonly Shown[] }) {
  const open = chosen.value === id
  const words = (
    <>
      {personName(id)} <SideMark side={person(id)?.side ?? null} />
    </>
  )
  if (!may("rooms.place")) return <li>{words}</li>
  return (
    <li>
      <button type="button" class="c-name" aria-expanded={open} onClick={() => (chosen.value = open ? null : id)}>
        {words}
      </button>
      {open && <Mover person={id} at={room.id} rooms={rooms} place="rooms" />}
    </li>
  )
}
