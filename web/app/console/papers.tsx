/** What a lead and support take away: Plan B to print or save, the archive, and who has met for the next session. */
import { page } from "../lib/page"
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { me } from "./seen"

const seat = () => encodeURIComponent(page.seat)
const isLead = () => me()?.role === "lead"
const isDesk = () => isLead() || me()?.role === "support"

/** Opens beside the console, so that the console stays. */
export function PlanB({ whole = false }: { whole?: boolean }) {
  if (!isDesk()) return null
  return (
    <a
      class="c-act c-quiet"
      href={`/s/${seat()}/plan-b`}
      target="_blank"
      rel="noopener"
      aria-label={t("Plan B: print or save")}
    >
      <Icon name="letter" />
      <span>{whole ? t("Plan B: print or save") : t("Plan B")}</span>
    </a>
  )
}

export function ArchiveLink({ main = false }: { main?: boolean }) {
  if (!isLead()) return null
  return (
    <a class={`c-act ${main ? "c-main c-big" : "c-quiet"}`} href={`/s/${seat()}/archive`} download>
      <Icon name="hand-down" />
      <span>{t("Download the archive")}</span>
    </a>
  )
}

/** Names who sat with whom; brought when the next session of the process is created. */
function HistoryLink() {
  if (!isLead()) return null
  return (
    <a class="c-act c-quiet" href={`/s/${seat()}/history`} download>
      <Icon name="hand-down" />
      <span>{t("Who has met, for the next session")}</span>
    </a>
  )
}

export function Papers() {
  if (!isDesk()) return null
  return (
    <p class="c-papers">
      <PlanB whole />
      <ArchiveLink />
      <HistoryLink />
    </p>
  )
}
