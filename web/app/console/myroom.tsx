/** The own room of those who do not lead: its task, its time, how to join the sound, who is in it. */
import { Until } from "../lib/clock"
import { n, t } from "../lib/texts"
import { Icon, Notice, SideMark } from "../lib/ui"
import { under, value } from "../lib/view"
import { Arrivals } from "./arrivals"
import { OwnConduct } from "./conductdialog"
import { Dot } from "./icons"
import { Handover } from "./handover"
import { Interpretation, SentHere } from "./interpretation"
import { RoomLead } from "./roomlead"
import { RoomAsked } from "./told"
import { PersonMenu } from "./personmenu"
import { Answer } from "./press"
import { byName, hereRoom, itemNow, me, onTable, person, session } from "./seen"
import { presenceWord } from "./words"

export function MyRoom() {
  const room = hereRoom()
  const it = onTable()
  const ends = room?.ends ?? it?.ends
  return (
    <div class="c-my-room">
      <header class="c-my-head">
        <h3>{room?.kind === "lobby" ? t("Lobby") : (room?.name ?? t("Plenary"))}</h3>
        {ends && <Until ends={ends} paused={it?.paused ?? room?.stopped ?? null} />}
      </header>
      <OwnConduct />
      <Going />
      <Told />
      <RoomAsked />
      <Arrivals />
      {room && <RoomLead id={room.id} />}
      <SentHere />
      {room && <Interpretation room={room} place="my-room" mine />}
      <Handover times={room?.handover} />
      <Answer place="my-room" />
      {session()?.state === "lobby" && <p class="c-task">{t("The session has not started yet.")}</p>}
      <section class="c-my-task" aria-label={t("Task")}>
        <h4>{itemNow()?.title}</h4>
        {room?.topic && <p class="c-topic">{t("This room talks about: {topic}", { topic: room.topic })}</p>}
        {it?.task && <p class="c-task">{it.task}</p>}
      </section>
      <Join />
      <Answer place="myroom" />
      <Members />
    </div>
  )
}

/** Where this person goes when the countdown ends. */
function Going() {
  const next = value<{ room: string; name: string } | null>("me.next")
  return next ? <Notice icon="room">{t("You are going to: {room}", { room: next.name })}</Notice> : null
}

function Told() {
  const notice = value<{ text: string; by: string } | null>("room.notice")
  if (!notice) return null
  return (
    <Notice>
      <strong>{notice.by}</strong> {notice.text}
    </Notice>
  )
}

function Join() {
  const link = hereRoom()?.link
  if (!link?.url && !link?.dial) return null
  return (
    <p class="c-join">
      {link.url && (
        <a class="c-act c-main" href={link.url} target="_blank" rel="noreferrer">
          <Icon name="sound" />
          <span>{t("Join the sound")}</span>
        </a>
      )}
      {link.dial && (
        <span>
          <Icon name="phone" /> {link.dial} {link.pin && t("PIN {pin}", { pin: link.pin })}
        </span>
      )}
    </p>
  )
}

function Members() {
  const all = under<{ name: string; side: string | null }>("room.people").sort(([, a], [, b]) => byName(a.name, b.name))
  if (!all.length) return null
  return (
    <section>
      <h4>{n("{n} person in this room", "{n} people in this room", all.length)}</h4>
      <ul class="c-members c-members-columns">
        {all.map(([id, it]) => (
          <li key={id}>
            <Presence id={id} />
            <span class="c-member-name">
              {it.name} <SideMark side={it.side} />
              {id === me()?.person && <small>{t("you")}</small>}
            </span>
            <PersonMenu id={id} place="myroom" />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Presence({ id }: { id: string }) {
  const presence = person(id)?.presence
  if (!presence) return null
  return (
    <span class={`c-presence c-presence-${presence}`}>
      <Dot kind={presence} />
      <span>{presenceWord(presence)}</span>
    </span>
  )
}
