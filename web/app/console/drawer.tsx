/** The drawer of one room: who is in it, placing somebody elsewhere, its outside meeting, a word to it, a visit. */
import { list, t } from "../lib/texts"
import { Dialog, SideMark } from "../lib/ui"
import { may } from "../lib/view"
import { TeamsOpener } from "./composing/teams"
import { Dot } from "./icons"
import { Interpretation } from "./interpretation"
import { drawer } from "./layout"
import { OutsideLinks } from "./links"
import { OtherLead } from "./otherlead"
import { RoomAlarms } from "./roommend"
import { RoomFacts, WeakLine } from "./roomfacts"
import { FoldedMover } from "./mover"
import { ConductMark, PersonMenu } from "./personmenu"
import { Act, Answer, press } from "./press"
import { RoomLead } from "./roomlead"
import { breakouts, byName, me, person, personName, room, roomsAreOpen } from "./seen"
import type { Room } from "./shapes"
import { Tell } from "./tell"
import { presenceWord, roleWord } from "./words"

export function RoomDrawer() {
  const it = drawer.value ? room(drawer.value) : undefined
  return (
    <Dialog title={it?.name ?? ""} open={it !== undefined} onClose={() => (drawer.value = null)} class="c-drawer">
      {it && <Inside room={it} />}
    </Dialog>
  )
}

function Inside({ room: it }: { room: Room }) {
  const here = me()?.room === it.id
  return (
    <>
      <p class="c-drawer-sum">{t("{here} of {expected} are here", { here: it.here, expected: it.count })}</p>
      {it.left.length > 0 && (
        <p>{t("Left for good: {names}", { names: list(it.left.map(personName)) })}</p>
      )}
      <RoomAlarms room={it.id} />
      <RoomFacts room={it} />
      <div class="c-acts">
        {may("rooms.visit") && !here && (
          <Act icon="room" onPress={() => press("drawer", "rooms.visit", { room: it.id })}>
            {t("Visit this room")}
          </Act>
        )}
        {may("rooms.visit") && here && me()?.role === "lead" && (
          <Act icon="back" onPress={() => press("drawer", "rooms.visit", { room: "plenary" })}>
            {t("Back to the plenary")}
          </Act>
        )}
      </div>
      <Answer place="drawer" />
      <RoomLead id={it.id} />
      <OtherLead room={it} />
      {it.kind === "breakout" && roomsAreOpen() && <Interpretation room={it} place="drawer" />}
      {it.staff.some((id) => person(id)?.role === "interpreter") && (
        <p class="c-acts">
          <TeamsOpener />
        </p>
      )}
      <Members room={it} />
      {may("rooms.tell") && <Tell room={it.id} place="drawer" />}
      <OutsideLinks room={it.id} links={it.link ?? {}} />
    </>
  )
}

function Members({ room: it }: { room: Room }) {
  const ids = [...it.people].sort((a, b) => byName(personName(a), personName(b)))
  return (
    <ul class="c-members">
      {[...it.staff, ...ids].map((id) => (
        <Member key={id} id={id} at={it.id} staff={it.staff.includes(id)} />
      ))}
    </ul>
  )
}

export function Member({ id, at, staff }: { id: string; at: string; staff: boolean }) {
  const it = person(id)
  return (
    <li>
      <span class={`c-presence c-presence-${it?.presence ?? "gone"}`}>
        <Dot kind={it?.presence ?? "gone"} />
        <span>{presenceWord(it?.presence ?? "gone")}</span>
      </span>
      <span class="c-member-name">
        {personName(id)} <SideMark side={it?.side ?? null} />
        {staff && <small>{roleWord(it?.role ?? "")}</small>}
        {it?.weak_line && <WeakLine />}
        <ConductMark id={id} />
      </span>
      <FoldedMover person={id} at={at} rooms={breakouts()} place="drawer" />
      <PersonMenu id={id} place="drawer" />
    </li>
  )
}
