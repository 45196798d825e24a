/** A proposed composition as cards with names; accept it, compose again, place somebody by hand, open. */
import { n, t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may } from "../lib/view"
import { openRooms } from "./acts"
import { SeatCards } from "./composing/cards"
import type { Proposal } from "./composing/shapes"
import { Broken, MadeAgain, Moves, Relaxed, Summary } from "./composing/summary"
import { Unplaced } from "./unplaced"
import { Act, press } from "./press"
import { breakouts } from "./seen"

interface ProposalProps {
  proposal: Proposal
  accepted: boolean
  /** Other rooms are still open: these wait, as they are. */
  later?: boolean
}

export function ProposalCards({ proposal, accepted, later = false }: ProposalProps) {
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
          {!accepted && !later && may("rooms.accept") && (
            <Act icon="check" onPress={() => press("rooms", "rooms.accept", { proposal: proposal.id })}>
              {t("Accept")}
            </Act>
          )}
          {!later && <Openers />}
        </div>
      </header>
      {later && <p class="c-soft">{t("You can accept and change these rooms once the open ones are closed.")}</p>}
      <Summary proposal={proposal} />
      <Relaxed proposal={proposal} />
      <Broken proposal={proposal} />
      <Moves proposal={proposal} />
      {!later && <Unplaced rooms={proposal.rooms} />}
      <SeatCards of={proposal.id} rooms={proposal.rooms} broken={proposal.broken ?? []} fixed={later} />
      <MadeAgain proposal={proposal} />
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
      <SeatCards of="accepted" rooms={breakouts()} />
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
