/** Sent to the lobby, or paused: why, what happens next, and that the vote stays. */
import { useEffect } from "preact/hooks"
import { announce } from "../lib/announce"
import { clockTime } from "../lib/clock"
import { reasonWords } from "../lib/reasons"
import { t } from "../lib/texts"
import { Icon, Notice } from "../lib/ui"
import { value } from "../lib/view"
import { telephone } from "./mine"
import { Telephone } from "./telephone"
import { Votes } from "./ballot/votes"

interface Conduct {
  kind: "paused" | "lobby"
  since: number
  ready: string | null
  reason: string | null
}

const conduct = (): Conduct | null => value<Conduct | null>("me.conduct") ?? null

export const isInLobby = (): boolean => conduct()?.kind === "lobby"

export function LobbiedScreen() {
  const it = conduct()
  const title = t("You are waiting outside the room")
  useEffect(() => announce(title), [])
  if (!it) return null
  return (
    <main class="screen lobbied">
      <p class="kicker">
        <Icon name="clock" />
        {t("Since {time}", { time: clockTime(it.since) })}
      </p>
      <h1>{title}</h1>
      <section class="sheet" aria-labelledby="why">
        <h2 id="why">{t("The team has asked you to wait here. This is the reason:")}</h2>
        <p class="lead">{reasonWords(it.ready, it.reason)}</p>
      </section>
      <section class="stack" aria-labelledby="next">
        <h2 id="next">{t("What happens next")}</h2>
        <ul class="terms">
          <li>
            <Icon name="people" />
            <span>{t("Somebody from the team is told and will talk to you. You need do nothing.")}</span>
          </li>
          <li>
            <Icon name="room" />
            <span>{t("Your place in your room is kept. This page takes you back by itself.")}</span>
          </li>
          <li>
            <Icon name="vote" />
            <span>{t("You keep your vote. If a vote opens, it comes to this page.")}</span>
          </li>
        </ul>
      </section>
      {telephone() && <p>{t("You can also call us.")}</p>}
      <Telephone />
      <Votes />
    </main>
  )
}

/** Over every screen while hand and writing are paused. */
export function PausedNote() {
  const it = conduct()
  const paused = it?.kind === "paused"
  useEffect(() => {
    if (paused) announce(t("Your hand is paused for now."))
  }, [paused])
  if (!it || !paused) return null
  const why = reasonWords(it.ready, it.reason)
  return (
    <Notice icon="pause">
      <p class="lead">{t("Your hand is paused for now.")}</p>
      {why && <p>{why}</p>}
      <p class="soft">{t("You can listen, vote and call for help as before.")}</p>
    </Notice>
  )
}
