type Saying = { label: string; words?: Readonly<Record<string, string>> }

/** Fields that are codes or plain remarks, with the name and the words Ocean Engine's own pages show for them. */
export const sayings: Readonly<Record<string, Saying>> = {
  clue_source: {
    label: '线索来源',
    words: {
      0: '外部流量', 1: '正常投放', 2: '外部导入', 3: '异常提交', 4: '广告预览', 5: '抖音私信', 6: '鲁班线索', 7: '巨量线索', 8: '云店', 9: '星图', 10: '获客宝', 11: '住小帮',
    },
  },
  clue_type: { label: '组件类型', words: { 0: '表单提交', 1: '在线咨询', 2: '智能电话', 3: '网页回呼', 4: '卡券', 5: '抽奖' } },
  flow_type: { label: '流量类型', words: { 1: '自然流量', 2: '广告流量', 3: '广告流量', 4: '广告流量', 5: '无' } },
  gender: { label: '性别', words: { 1: '男', 2: '女' } },
  app_name: { label: '流量来源' },
  age: { label: '年龄', words: {} },
  qq: { label: 'QQ' },
  address: { label: '详细地址' },
  convert_status: { label: '转化状态', words: {} },
  form_remark: { label: '表单备注' },
  store_name: { label: '门店' },
  search_bid_word: { label: '搜索词' },
}
