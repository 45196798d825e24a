/** An open ballot that waits for the lead is an alarm: whoever is not connected could not vote. */
import { n, t } from "../../lib/texts"
import { may } from "../../lib/view"
import type { Alarm, AlarmWords } from "../alarm"
import { openPolls } from "../seen"
import { heldWords } from "./open"

/** Drawn from the polls themselves: the house shows no alarm of its own for it. */
export function heldPolls(): Alarm[] {
  if (!may("poll.close")) return []
  return openPolls()
    .filter(([, it]) => it.held !== null && it.held !== undefined)
    .map(([poll, it]) => ({
      ref: `held ${poll} ${it.held}`,
      kind: "poll-held",
      room: "",
      since: it.held,
      about: { poll },
      repairs: [
        { kind: "poll-more", ask: "poll.extend", body: { poll, from: it.state, seconds: 120 }, about: {} },
        { kind: "poll-close", ask: "poll.close", body: { poll, from: it.state }, about: {} },
      ],
    }))
}

export const VOTE_ALARMS: AlarmWords = {
  alarm: {
    "poll-held": (it) => {
      const found = openPolls().find(([id]) => id === it.about.poll)
      return found ? heldWords(found[1]) : t("A vote waits for you")
    },
  },
  repair: {
    "poll-more": () => n("Give {n} more minute", "Give {n} more minutes", 2),
    "poll-close": () => t("Close now"),
  },
}
