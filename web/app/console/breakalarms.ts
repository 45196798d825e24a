/** The words of the alarm that a break has run out while people are missing. */
import { n, t } from "../lib/texts"
import type { AlarmWords } from "./alarm"

export const BREAK_ALARMS: AlarmWords = {
  alarm: {
    break: (it) =>
      n(
        "The break is over: {n} person is missing",
        "The break is over: {n} people are missing",
        Number(it.about.missing ?? 0),
      ),
  },
  repair: {
    extend: () => t("Extend by 5 minutes"),
    "go-on": () => t("Go on without them"),
  },
}
