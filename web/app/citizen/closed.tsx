/** After the end: thanks, and what was decided. */
import { t } from "../lib/texts"
import { session } from "./mine"
import { AllResults } from "./votes"

export function ClosedScreen() {
  return (
    <main class="screen">
      <p class="kicker">{session()?.title}</p>
      <h1>{t("The session is over")}</h1>
      <p class="lead">{t("Thank you for taking part. You can close this page.")}</p>
      <AllResults />
    </main>
  )
}
