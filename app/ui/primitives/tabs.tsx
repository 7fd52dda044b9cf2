import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs, type Key } from 'react-aria-components'

export type TabItem = { id: string; label: ReactNode; content: ReactNode }

/** Parts of one place that need no address. Where each part has a URL use LinkTabs. */
export function Tabs({ items, label, selectedKey, onSelectionChange, defaultSelectedKey }: { items: readonly TabItem[]; label: string; selectedKey?: Key; defaultSelectedKey?: Key; onSelectionChange?: (key: Key) => void }) {
  return (
    <AriaTabs selectedKey={selectedKey} defaultSelectedKey={defaultSelectedKey} onSelectionChange={onSelectionChange}>
      <TabList className="tabs" aria-label={label}>
        {items.map((item) => (
          <Tab key={item.id} id={item.id} className="tab">
            {item.label}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel key={item.id} id={item.id} className="pt-4">
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
