/** The alarm that whoever leads has dropped out, and its repair. */
import { t } from "../lib/texts"
import type { AlarmWords } from "./alarm"

export const PEOPLE_ALARMS: AlarmWords = {
  alarm: {
    lead: (it) =>
      it.about.name
        ? t("{name}, who leads the session, has no connection.", { name: it.about.name })
        : t("Nobody who leads the session has a connection."),
  },
  repair: {
    "take-chair": () => t("Take over the session"),
  },
}
