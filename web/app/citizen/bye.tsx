/** The last page: why this place is closed, what is safe, what to do. */
import { t } from "../lib/texts"
import { Button, Icon } from "../lib/ui"
import { telephone } from "./mine"
import { Telephone } from "./telephone"

export function Bye({ why }: { why: string | null }) {
  const { title, say, again } = words(why)
  return (
    <div class="citizen">
      <main class="screen bye">
        <h1>{title}</h1>
        <p>{say}</p>
        <div class="stack">
          {again && (
            <Button kind="main" icon="undo" onPress={() => location.reload()}>
              {again}
            </Button>
          )}
          {!again && (
            <a class="button main" href="/j">
              <Icon name="arrow" />
              <span>{t("Type my own code")}</span>
            </a>
          )}
          {telephone() && <p>{t("You can also call us.")}</p>}
          <Telephone />
        </div>
      </main>
    </div>
  )
}

interface Words {
  title: string
  say: string
  again?: string
}

function words(why: string | null): Words {
  switch (why) {
    case "too-many":
      return {
        title: t("This page is open in many places"),
        say: t("You opened it again on other devices or in other windows. Your vote and your hand are safe. You can go on here or there."),
        again: t("Go on here"),
      }
    case "removed":
      return {
        title: t("Your place in this session has been closed"),
        say: t("What you have voted and said so far stays valid. If you think this is a mistake, please call us."),
      }
    case "closing":
    case "closed":
      return { title: t("The session is over"), say: t("Thank you for taking part. You can close this page."), again: t("Open it again") }
    case "revoked":
    case "unknown-code":
    case "unknown-seat":
      return {
        title: t("This link has been replaced"),
        say: t("Please use your new link. If you have none, call us and we will give you one. What you have voted so far stays valid."),
      }
    default:
      return { title: t("The connection has been closed"), say: t("Your vote and your hand are safe."), again: t("Open it again") }
  }
}
