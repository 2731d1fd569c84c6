// What is wrong with an edition, in the reader's language. Pricing says it in English with what mends it; here each sentence has its
// Chinese. A sentence that is not in the list is shown as it came, which is better than not at all.

import type { Locale } from './locale.ts'

type Saying = readonly [form: RegExp, inChinese: (...parts: readonly string[]) => string]

const sayings: readonly Saying[] = [
  [/^must be number$/, () => '必须是数字'],
  [/^must be integer$/, () => '必须是整数'],
  [/^must be (>|>=|<|<=) (.+)$/, (sign = '', bound = '') => `必须${signs[sign] ?? sign} ${bound}`],
  [/^must be one of (.+)$/, (list = '') => `必须是以下之一：${list}`],
  [/^must be (.+)$/, (value = '') => `必须是 ${value}`],
  [/^must not have fewer than 1 characters$/, () => '不能为空'],
  [/^must not have fewer than (\d+) items$/, (count = '') => `至少要有 ${count} 项`],
  [/^must not have more than (\d+) (?:items|characters)$/, (count = '') => `最多 ${count} 项`],
  [/^must match pattern "(.+)"$/, (pattern = '') => `格式必须符合 ${pattern}`],
  [/^is missing$/, () => '缺少此项'],
  [/^is no part of an edition.*$/, () => '不属于版本文件：请删除，或改正拼写'],
  [/^must be named by letters.*$/, () => '名称只能用字母和数字，例如 driverAgeYears'],
  [/^goes from (\S+) to (\S+): "min".*$/, (min = '', max = '') => `从 ${min} 到 ${max}：“min” 不能大于 “max”`],
  [/^is (.+), not one of (.+)$/, (value = '', list = '') => `现为 ${value}，应为以下之一：${list}`],
  [
    /^is (.+), not a number from (\S+) to (.+)$/,
    (value = '', from = '', to = '') => `现为 ${value}，应为 ${from} 到 ${to} 之间的数字`,
  ],
  [/^reads "(.+)", which \/inputs does not declare.*$/, (name = '') => `读取了未声明的输入“${name}”：请声明，或改用已有输入`],
  [/^is a curve over (.+), which has levels.*$/, (name = '') => `${name} 是分类输入，不能用曲线：请改用 "levels"`],
  [/^are the same: a pair reads two$/, () => '两个输入相同：配对表要读取两个不同的输入'],
  [
    /^has (\d+) (?:rows|factors), \/(rows|columns) has (\d+).*$/,
    (found = '', axis = '', wanted = '') => `有 ${found} 项，而 /${axis} 有 ${wanted} 项：请一一对应`,
  ],
  [/^has "below", but (.+) has levels.*$/, (name = '') => `${name} 是分类输入，不能有 "below"：请删除`],
  [/^lists levels, but (.+) is a number.*$/, (name = '') => `${name} 是数字输入：请改用 "bands" 或 "curve"`],
  [/^cuts bands, but (.+) has levels.*$/, (name = '') => `${name} 是分类输入：请改用 "levels"`],
  [
    /^has no case for "(.+)" of (.+): add it.*$/,
    (level = '', name = '') => `缺少 ${name} 的“${level}”：请补上，或从输入的取值中删除`,
  ],
  [
    /^has a case for "(.+)", which is no level of (.+): add.*$/,
    (level = '', name = '') => `“${level}”不是 ${name} 的取值：请在输入中添加`,
  ],
  [/^has a gap: nothing covers (\S+) and more.*$/, (from = '') => `有缺口：${from} 及以上没有档位；最后一档不要填“低于”`],
  [/^needs "below": only the last band is open$/, () => '需要填“低于”：只有最后一档可以不封顶'],
  [
    /^is not in order: below (\S+) after ([^,]+)(?:, the least .+)?$/,
    (below = '', after = '') => `顺序不对：低于 ${below} 排在 ${after} 之后`,
  ],
  [
    /^has more than the (\d+) decimals of \/rounding\/factorDecimals: write (.+)$/,
    (decimals = '', value = '') => `超过了规定的 ${decimals} 位小数：请写 ${value}`,
  ],
  [
    /^starts at (\S+), which is not from floor (\S+) to cap (\S+)$/,
    (start = '', floor = '', cap = '') => `起始值 ${start} 不在下限 ${floor} 与上限 ${cap} 之间`,
  ],
  [/^is (\S+): it has more than (\d+) decimals$/, (value = '', decimals = '') => `现为 ${value}：超过了 ${decimals} 位小数`],
  [/^is kilometres a year: a home plan has none$/, () => '这是年里程：家居方案没有此项'],
  [/^reads the input (.+): declare it.*$/, (name = '') => `读取输入 ${name}：请在输入中把它声明为数字`],
  [/^from (\S+) to (\S+) leave nothing: .*$/, (min = '', max = '') => `从 ${min} 到 ${max} 没有空间：最低保费高于最高保费`],
  [/^needs one after "instalment".*$/, () => '需要一步“分期”取整：实付金额必须是最小货币单位的整数'],
  [/^is (\w+), the plan's is (\w+)$/, (found = '', wanted = '') => `产品为 ${found}，方案的产品是 ${wanted}`],
  [/^is no input of this plan: take it out$/, () => '不是本方案的输入：请删除'],
  [/^is called "(.+)" as another before it.*$/, (name = '') => `与前面的“${name}”重名：请另起名称`],
  [
    /^is "(.+)", which is not measured for (\w+): use one of (.+)$/,
    (name = '', _ = '', list = '') => `没有“${name}”这种测量：请选 ${list}`,
  ],
  [/^is missing: use one of (.+)$/, (list = '') => `缺少此项：请选 ${list}`],
  [/^has no meaning for (.+): take it out$/, (name = '') => `对 ${name} 没有意义：请删除`],
  [/^(\S+) m\/s² is not a rung of the ladder (.+)$/, (value = '', ladder = '') => `${value} m/s² 不是阶梯上的一级：${ladder}`],
  [/^has no meaning for (.+): only water has a valve to test$/, (name = '') => `对 ${name} 没有意义：只有水险有阀门可测试`],
  [
    /^(?:is|of) (\S+)(?: makes a surcharge)? in a plan that only gives discounts.*$/,
    (value = '') => `现为 ${value}：本方案只给折扣，请降到 1 以下`,
  ],
  [
    /^from (\S+) to (\S+) leaves out 1, the class price.*$/,
    (min = '', max = '') => `从 ${min} 到 ${max} 不含 1（基准价）：请把 1 包括进来`,
  ],
  [/^is not sorted: (\S+) after (\S+)$/, (x = '', before = '') => `没有按顺序：${x} 在 ${before} 之后`],
  [
    /^falls from (\S+) to (\S+): .*$/,
    (before = '', factor = '') => `从 ${before} 降到 ${factor}：更多绝不能更便宜，至少填 ${before}`,
  ],
]

const signs: Readonly<Record<string, string>> = { '>': '大于', '>=': '不小于', '<': '小于', '<=': '不大于' }

/** @param text a problem without its place */
export function editionProblemWords(locale: Locale, text: string): string {
  if (locale === 'en') return text
  for (const [form, inChinese] of sayings) {
    const found = form.exec(text)
    if (found !== null) return inChinese(...found.slice(1))
  }
  return text
}
