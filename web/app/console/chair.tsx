/** Who leads the day; where they have dropped out, taking over is one tap. */
import { t } from "../lib/texts"
import { Icon } from "../lib/ui"
import { may, value } from "../lib/view"
import { Act, Answer, press } from "./press"
import { me } from "./seen"

interface Chair {
  person: string | null
  name: string | null
  here: boolean
  led: boolean
}

const chair = () => value<Chair>("session.chair")

/** A lead may take over at any time; others in the team where no lead has a connection. */
const mayTake = (it: Chair): boolean =>
  may("roles.take") && it.person !== me()?.person && (me()?.role === "lead" || !it.led)

export function ChairLine() {
  const it = chair()
  if (!it?.person) return null
  const own = it.person === me()?.person
  return (
    <div class={`c-chair ${it.here ? "" : "c-chair-gone"}`}>
      <p>
        <Icon name={it.here ? "people" : "warn"} />
        {own
          ? t("You lead the session")
          : it.here
            ? t("{name} leads the session", { name: it.name ?? "" })
            : t("{name}, who leads the session, has no connection.", { name: it.name ?? "" })}
      </p>
      {mayTake(it) && (
        <Act tone={it.here ? "quiet" : "main"} onPress={() => press("chair", "roles.take")}>
          {t("Take over the session")}
        </Act>
      )}
      <Answer place="chair" />
    </div>
  )
}
