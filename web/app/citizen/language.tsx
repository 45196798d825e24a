/** The first question: which language do you read? Each is written in its own name. */
import { StoreBand } from "../lib/bands"
import { ask } from "../lib/link"
import { LANGUAGES, lang, t } from "../lib/texts"
import { Button } from "../lib/ui"
import { TextSize, Who } from "./head"
import { HelpButton } from "./help"
import { LineBand } from "./line"
import { session } from "./mine"

const GREETINGS: Record<string, string> = { fr: "Votre langue", de: "Ihre Sprache", en: "Your language" }

export function LanguageScreen() {
  const first = lang.value
  const others = LANGUAGES.map(([id]) => id).filter((id) => id !== first)
  return (
    <div class="citizen language-page">
      <header class="head">
        <Who />
        <TextSize />
      </header>
      <LineBand />
      <StoreBand />
      <main class="screen">
        <p class="kicker">{session()?.title}</p>
        <h1>
          {[first, ...others].map((id) => (
            <span key={id} lang={id} class={id === first ? "" : "also"}>
              {GREETINGS[id] ?? t("Your language")}
            </span>
          ))}
        </h1>
        <LanguageButtons chosen={first} />
      </main>
      <footer class="dock">
        <div class="dock-row">
          <HelpButton />
        </div>
      </footer>
    </div>
  )
}

interface Props {
  chosen: string
  onChosen?: () => void
}

export function LanguageButtons({ chosen, onChosen }: Props) {
  const choose = async (language: string) => {
    const answer = await ask("me.language", { language })
    if ("ok" in answer) onChosen?.()
    return answer
  }
  return (
    <ul class="stack languages">
      {ordered(chosen).map(([id, name]) => (
        <li key={id} lang={id}>
          <Button kind={id === chosen ? "main" : "plain"} icon={id === chosen ? "check" : "globe"} onPress={() => choose(id)}>
            {name}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function ordered(first: string): (readonly [string, string])[] {
  return [...LANGUAGES].sort(([a], [b]) => Number(b === first) - Number(a === first))
}
