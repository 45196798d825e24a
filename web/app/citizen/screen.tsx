/** One thing a screen: which one is it now? */
import type { ComponentChildren } from "preact"
import { useEffect } from "preact/hooks"
import { Announcer } from "../lib/announce"
import { LostBand, StoreBand } from "../lib/bands"
import { byeWhy, line } from "../lib/link"
import { t } from "../lib/texts"
import { ready } from "../lib/view"
import { ArrivalScreen, LeftOverNote, MovedNote, expectedIn } from "./arrival"
import { BallotScreen, LaterButton, underway } from "./ballot/screen"
import { Reminder } from "./ballot/reminder"
import { BreakScreen } from "./break"
import { Bye } from "./bye"
import { ClosedScreen } from "./closed"
import { Dock } from "./dock"
import { Head } from "./head"
import { InterpretationNotes } from "./interpretation"
import { LanguageScreen } from "./language"
import { LineBand } from "./line"
import { LobbiedScreen, PausedNote, isInLobby } from "./lobbied"
import { LobbyScreen } from "./lobby"
import { itemNow, me, putOff, session, waitingBallots } from "./mine"
import { MoveBand, MoveScreen, moveWords } from "./move"
import { RefusedNote, RoomNotes } from "./notice"
import { NowScreen } from "./now"
import { NudgeNote } from "./nudge"
import { Telephone } from "./telephone"
import { TurnScreen, myTurn } from "./turn"
import { WelcomeScreen, welcome } from "./welcome"

export function Citizen() {
  useTitle()
  return (
    <>
      <Announcer />
      <Whole />
    </>
  )
}

function Whole() {
  if (line.value === "bye") return <Bye why={byeWhy.value} />
  if (!ready.value || !me()) return <Opening />
  if (!me()?.language) return <LanguageScreen />
  return <Inside />
}

function Opening() {
  return (
    <div class="citizen">
      <LineBand />
      <main class="screen">
        <h1>{t("One moment")}</h1>
        <p class="lead">{t("We are opening your place in the session.")}</p>
        <Telephone />
      </main>
    </div>
  )
}

/** Who is new is welcomed; then an open ballot comes first, then my turn, then a move, then what is on the table. */
function Inside() {
  const ballot = waitingBallots().find((poll) => !putOff.value.has(poll.id))
  const turn = myTurn()
  const move = moveWords()
  const expected = expectedIn()
  if (welcome() && session()?.state !== "closed")
    return (
      <Frame hands={false}>
        <WelcomeScreen />
      </Frame>
    )
  if (ballot)
    return (
      <Frame hands={false} first={underway(ballot.id) === undefined && <LaterButton poll={ballot.id} />}>
        {move && <MoveBand words={move} />}
        <BallotScreen key={ballot.id} poll={ballot} />
      </Frame>
    )
  if (isInLobby() && session()?.state !== "closed")
    return (
      <Frame hands={false}>
        <LobbiedScreen />
      </Frame>
    )
  if (turn)
    return (
      <Frame hands={false}>
        {move && <MoveBand words={move} />}
        <TurnScreen turn={turn} />
      </Frame>
    )
  if (move)
    return (
      <Frame>
        <MoveScreen words={move} />
      </Frame>
    )
  if (expected)
    return (
      <Frame hands={false}>
        <ArrivalScreen room={expected} />
      </Frame>
    )
  return (
    <Frame hands={canSpeakNow()}>
      <Table />
    </Frame>
  )
}

/** Before the start, in a break and after the end there is no floor to ask for. */
function canSpeakNow(): boolean {
  const state = session()?.state
  return state === "paused" || (state === "live" && !["lobby", "break"].includes(itemNow()?.mode ?? ""))
}

function Table() {
  const state = session()?.state
  const mode = itemNow()?.mode
  if (state === "closed") return <ClosedScreen />
  if (state === "lobby" || (mode === "lobby" && state === "live")) return <LobbyScreen />
  if (mode === "break" && state === "live") return <BreakScreen />
  return <NowScreen />
}

interface FrameProps {
  children: ComponentChildren
  hands?: boolean
  first?: ComponentChildren
}

function Frame({ children, hands = true, first }: FrameProps) {
  return (
    <div class="citizen">
      <Head />
      <LineBand />
      <StoreBand />
      <LostBand words={t("The server has lost its last moments. Please check what you did last: your hand, your vote.")} />
      <aside class="notes" aria-label={t("Messages")}>
        <RefusedNote />
        <Reminder />
        <PausedNote />
        <InterpretationNotes />
        <MovedNote />
        <LeftOverNote />
        <RoomNotes />
        <NudgeNote />
      </aside>
      {children}
      <Dock hands={hands} first={first} />
    </div>
  )
}

function useTitle(): void {
  const title = itemNow()?.title ?? session()?.title
  useEffect(() => {
    document.title = title ? `${title} · Palabre` : "Palabre"
  }, [title])
}
