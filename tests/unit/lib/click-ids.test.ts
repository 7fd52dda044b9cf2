import { describe, expect, it } from 'vitest'
import { CLICK_ID_PARAMS, readTracking, UTM_PARAMS } from '~/lib/click-ids'

describe('readTracking', () => {
  it('keeps the case of values and matches names in any case', () => {
    const url = 'https://a.example/x?UTM_Source=Google+Ads&utm_campaign=%E6%98%A5%E5%AD%A3&gclid=EAIaIQobChMI&SCCID=aB&bd_vid=Xy_1#utm_medium=no'
    expect(readTracking(url)).toEqual({
      utm: { utm_source: 'Google Ads', utm_campaign: '春季' },
      clickIds: { gclid: 'EAIaIQobChMI', ScCid: 'aB', bd_vid: 'Xy_1' },
      otherIds: {},
    })
  })

  it('keeps ids of platforms it does not know, and nothing else', () => {
    expect(readTracking('?mtclid=Q&zh_vid=7&q=secret').otherIds).toEqual({ mtclid: 'Q', zh_vid: '7' })
    expect(readTracking('?__proto___vid=x').otherIds).toEqual({ __proto___vid: 'x' })
  })

  it('takes the first value and leaves out what was never filled in', () => {
    expect(readTracking('gclid=&gclid=A&gclid=B&callback=__CALLBACK_PARAM__&utm_term={keyword}&utm_id={{campaign.id}}')).toEqual({
      utm: {}, clickIds: { gclid: 'A' }, otherIds: {},
    })
  })

  it('reads URL, parameters and text alike; an address without a query has none', () => {
    expect(readTracking(new URL('https://a.example/?fbclid=Z')).clickIds).toEqual({ fbclid: 'Z' })
    expect(readTracking(new URLSearchParams({ msclkid: 'm' })).clickIds).toEqual({ msclkid: 'm' })
    expect(readTracking('https://a.example/gclid=1').clickIds).toEqual({})
  })

  it('caps the length of a value', () => {
    expect(readTracking(`gclid=${'x'.repeat(5000)}`).clickIds.gclid).toHaveLength(2048)
  })

  it('knows the parameters of the conventions', () => {
    expect(UTM_PARAMS).toHaveLength(9)
    expect(Object.keys(CLICK_ID_PARAMS)).toEqual(expect.arrayContaining(['gclid', 'wbraid', 'gbraid', 'fbclid', 'msclkid', 'li_fat_id', 'ttclid', 'bd_vid', 'qhclickid', 'gdt_vid']))
  })
})
