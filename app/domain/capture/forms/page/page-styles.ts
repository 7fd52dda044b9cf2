/** The look of every page a stranger sees of a form: quick, plain, light and dark by the reader's system. */
export const pageStyles = `
:root{color-scheme:light dark;--bg:#fbfaf8;--panel:#fff;--ink:#1f1c19;--muted:#625c55;--line:#d9d4cc;--edge:#857f77;--next:#c0341a;--on:#fff;--bad:#b3261e;--ring:#2f6fdb}
@media (prefers-color-scheme:dark){:root{--bg:#171513;--panel:#1f1c1a;--ink:#f1ede8;--muted:#aaa199;--line:#4a443e;--edge:#8d867e;--next:#ff8d6e;--on:#2a0f07;--bad:#ff9d94;--ring:#8ab4ff}}
*{box-sizing:border-box}
body{margin:0;padding:32px 16px 64px;background:var(--bg);color:var(--ink);font:16px/1.55 Inter,"PingFang SC","Microsoft YaHei","Noto Sans SC",system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:28px 24px;background:var(--panel);border:1px solid var(--line);border-radius:10px}
h1{margin:0 0 8px;font-size:24px;line-height:1.3;font-weight:650}
p{margin:0 0 16px}.intro,.hint{color:var(--muted);white-space:pre-line}
form{display:flex;flex-direction:column;gap:18px;margin-top:20px}
.f{display:flex;flex-direction:column;gap:6px;min-width:0;border:0;margin:0;padding:0}
.f>label,.f>legend{padding:0;font-size:14px;font-weight:600}.f small,.hint{font-size:13px;font-weight:400;color:var(--muted)}
input:not([type=checkbox]):not([type=radio]),select,textarea{width:100%;min-height:44px;padding:9px 12px;border:1px solid var(--edge);border-radius:6px;background:var(--bg);color:var(--ink);font:inherit}
textarea{min-height:112px;resize:vertical}
:is(input,select,textarea)[aria-invalid=true]{border-color:var(--bad)!important}
:is(input,select,textarea,button,a):focus-visible{outline:2px solid var(--ring);outline-offset:1px}
.f>label.tick,.tick{display:flex;gap:10px;align-items:flex-start;min-height:28px;font-size:14px;font-weight:400;white-space:pre-line}.tick input{width:20px;height:20px;margin:1px 0 0;flex:none;accent-color:var(--next)}
.bad{margin:0;font-size:13px;color:var(--bad)}
.alert{margin:16px 0 0;padding:12px 14px;border:1px solid var(--bad);border-radius:6px;color:var(--bad);font-size:14px}
button,.button{align-self:flex-start;min-height:44px;padding:10px 22px;border:0;border-radius:6px;background:var(--next);color:var(--on);font:inherit;font-weight:600;cursor:pointer;text-decoration:none}
.quiet{background:none;color:var(--ink);border:1px solid var(--edge)}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
.langs{display:flex;justify-content:flex-end;gap:14px;max-width:560px;margin:0 auto 12px;font-size:14px}.langs a{color:var(--muted);padding:4px 0}
code{display:block;margin:6px 0;padding:10px 12px;border:1px solid var(--line);border-radius:6px;font-size:13px;overflow-wrap:anywhere}
@media (max-width:480px){body{padding:0}main{border:0;border-radius:0;min-height:100vh}.langs{padding:10px 16px 0;margin:0}}
`
