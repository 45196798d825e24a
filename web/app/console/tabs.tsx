/** Tabs as the ARIA practices describe them: arrows move between them, Tab goes on to what they show. */
import { Icon } from "../lib/ui"

interface TabsProps<Id extends string> {
  name: string
  id: string
  open: Id
  tabs: readonly { id: Id; words: string; count?: number | null; need?: boolean }[]
  choose: (id: Id) => void
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 }

export function Tabs<Id extends string>({ name, id, open, tabs, choose }: TabsProps<Id>) {
  const step = (event: KeyboardEvent) => {
    const by = STEPS[event.key]
    const at = tabs.findIndex((it) => it.id === open)
    const to = by && tabs[(at + by + tabs.length) % tabs.length]
    if (!to) return
    event.preventDefault()
    choose(to.id)
    document.getElementById(`${id}-tab-${to.id}`)?.focus()
  }
  return (
    <div class="c-tabs" role="tablist" aria-label={name} onKeyDown={step}>
      {tabs.map((it) => (
        <button
          key={it.id}
          type="button"
          role="tab"
          id={`${id}-tab-${it.id}`}
          aria-selected={it.id === open}
          aria-controls={it.id === open ? `${id}-${it.id}` : undefined}
          tabIndex={it.id === open ? 0 : -1}
          onClick={() => choose(it.id)}
        >
          {it.need && <Icon name="warn" />}
          {it.words}
          {it.count ? <span class="c-tab-count">{it.count}</span> : null}
        </button>
      ))}
    </div>
  )
}
