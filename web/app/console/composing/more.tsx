/** The rules of a composition that are seldom changed, folded: what to mirror, limits, topics, who is expected soon. */
import { attributeWord } from "../../lib/attributes"
import { t } from "../../lib/texts"
import { Check, NumberField, Pick } from "../polls/fields"
import { Act } from "../press"
import { items, people, sides } from "../seen"
import { Expected } from "./expected"
import type { Least } from "./shapes"
import { attributes, change, changeRecipe, isSettled, wish } from "./wish"
import { valueWord } from "./words"

export function MoreRules() {
  const { recipe, seed, iterations } = wish.value
  return (
    <details class="c-more-rules">
      <summary>{t("More: what to mirror, limits, topics, who is expected")}</summary>
      <Mirrored />
      <fieldset class="c-ticks">
        <legend>{t("Rules of each room")}</legend>
        <Check
          checked={recipe.alone}
          change={(alone) => changeRecipe({ alone })}
          words={t("Nobody alone in a language, where possible")}
        />
        <Check
          checked={recipe.telephone !== null}
          change={(on) => changeRecipe({ telephone: on ? 1 : null })}
          words={t("At most one person by telephone")}
        />
        <Check
          checked={recipe.groups}
          change={(groups) => changeRecipe({ groups })}
          words={t("The groups of the roster stay among themselves")}
          off={isSettled()}
        />
        <Check
          checked={!recipe.facilitators}
          change={(without) => changeRecipe({ facilitators: !without })}
          words={t("Rooms may go without a facilitator")}
        />
        {recipe.languages === "mixed" && (
          <NumberField
            words={t("Languages in one room, at most")}
            value={recipe.most}
            change={(most) => changeRecipe({ most: most || 2 })}
            least={1}
            most={6}
            off={isSettled()}
          />
        )}
      </fieldset>
      <AtLeast />
      <Topics />
      <Expected />
      <fieldset class="c-mirrored">
        <legend>{t("To make the same rooms again")}</legend>
        <NumberField words={t("Seed")} value={seed} change={(seed) => change({ seed })} least={0} most={2 ** 53 - 1} />
        <NumberField
          words={t("Iterations")}
          value={iterations}
          change={(iterations) => change({ iterations })}
          least={0}
          most={1_000_000_000}
        />
      </fieldset>
    </details>
  )
}

const STRONG = 2
const WEIGHTS: Record<string, number> = { off: 0, normal: 1, strong: STRONG }

const weightName = (weight: number | undefined) => (!weight ? "off" : weight < STRONG ? "normal" : "strong")

function Mirrored() {
  const { mirror } = wish.value.recipe
  const known = attributes()
  if (!known.length) return null
  const weigh = (attribute: string, weight: number) => {
    const { [attribute]: _old, ...rest } = mirror
    changeRecipe({ mirror: weight ? { ...rest, [attribute]: weight } : rest })
  }
  return (
    <fieldset class="c-mirrored">
      <legend>{t("Each room mirrors the whole in")}</legend>
      {known.map((attribute) => (
        <Pick
          key={attribute}
          words={attributeWord(attribute)}
          value={weightName(mirror[attribute])}
          change={(name) => weigh(attribute, WEIGHTS[name] ?? 0)}
          offered={[
            ["off", t("does not matter")],
            ["normal", t("matters")],
            ["strong", t("matters twice as much")],
          ]}
        />
      ))}
    </fieldset>
  )
}

/** In each room so many of a kind: two women, one of the young. */
function AtLeast() {
  const { least } = wish.value.recipe
  const set = (at: number, part: Partial<Least>) =>
    changeRecipe({ least: least.map((it, place) => (place === at ? { ...it, ...part } : it)) })
  return (
    <fieldset class="c-at-least">
      <legend>{t("At least so many in each room")}</legend>
      {least.map((it, at) => (
        <div key={at} class="c-at-least-row">
          <NumberField
            words={t("People")}
            value={it.people ?? 1}
            change={(count) => set(at, { people: count || 1 })}
            least={1}
            most={100}
          />
          <Pick
            words={t("Attribute")}
            value={it.attribute}
            change={(attribute) => set(at, { attribute, value: valuesOf(attribute)[0] ?? "" })}
            offered={attributes().map((each) => [each, attributeWord(each)])}
          />
          <Pick
            words={t("Value")}
            value={it.value}
            change={(value) => set(at, { value })}
            offered={[...new Set([it.value, ...valuesOf(it.attribute)])].map((each) => [each, valueWord(it.attribute, each)])}
          />
          <Act
            tone="quiet"
            icon="close"
            label={t("Remove: {what}", { what: `${attributeWord(it.attribute)} ${valueWord(it.attribute, it.value)}` })}
            onPress={() => changeRecipe({ least: least.filter((_, place) => place !== at) })}
          >
            {t("Remove")}
          </Act>
        </div>
      ))}
      {attributes().length > 0 && (
        <Act
          tone="quiet"
          icon="plus"
          onPress={() => {
            const attribute = attributes()[0] ?? ""
            changeRecipe({ least: [...least, { attribute, value: valuesOf(attribute)[0] ?? "", people: 1 }] })
          }}
        >
          {t("One more rule of this kind")}
        </Act>
      )}
    </fieldset>
  )
}

/** What citizens have in that column of the roster. */
function valuesOf(attribute: string): string[] {
  if (attribute === "side") return sides().map((it) => it.id)
  const citizens = people().filter(([, it]) => it.role === "citizen")
  const found = citizens.flatMap(([, it]) => (attribute === "language" ? it.speaks : (it.attributes?.[attribute] ?? [])))
  return [...new Set(found)].sort()
}

/** Rooms by what people would like to talk about, as they ranked it. */
function Topics() {
  const wishes = items().filter((it) => ["ranking", "single"].includes(it.poll?.method ?? "") && !it.poll?.secret)
  const { topics } = wish.value.recipe
  if (!wishes.length && !topics) return null
  return (
    <Pick
      words={t("One topic in each room, by the wishes from")}
      value={topics ?? ""}
      change={(id) => changeRecipe({ topics: id || null })}
      offered={[["", t("no topics")], ...wishes.map((it) => [it.id, it.title] as const)]}
      off={isSettled()}
    />
  )
}
