const BANNED_NAMES = /^(?:utils?|helpers?|services?|common|misc|managers?)$|(?:^|[-.])(?:utils?|helpers?|managers?)(?=[-.]|$)/i

/** File and folder names that say nothing about what is inside. */
const fileNames = {
  meta: { type: 'suggestion', schema: [], messages: { vague: '"{{name}}" says nothing about what is inside: name it after what it does.' } },
  create(context) {
    return {
      Program(node) {
        const path = context.filename.slice(context.cwd.length + 1)
        // A journey is named after the role that walks it, and one role is "manager".
        if (/^tests\/e2e\/[a-z-]+\.test\.ts$/.test(path)) return
        for (const part of path.split('/')) {
          const name = part.replace(/\.(?:[cm]?[jt]sx?|d\.ts)$/, '')
          if (BANNED_NAMES.test(name)) context.report({ node, messageId: 'vague', data: { name } })
        }
      },
    }
  },
}

/** A loader or action that grows belongs into the domain. Counts the lines of the whole exported declaration. */
const loaderLength = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'object', properties: { max: { type: 'integer' } }, additionalProperties: false }],
    messages: { long: '{{name}} has {{lines}} lines; at most {{max}}. Move the work into a verb or a question.' },
  },
  create(context) {
    const max = context.options[0]?.max ?? 40
    const check = (name, node) => {
      const lines = node.loc.end.line - node.loc.start.line + 1
      if (/^(?:loader|action)$/.test(name) && lines > max) context.report({ node, messageId: 'long', data: { name, lines, max } })
    }
    return {
      ExportNamedDeclaration({ declaration }) {
        if (declaration?.type === 'FunctionDeclaration' && declaration.id !== null) check(declaration.id.name, declaration)
        if (declaration?.type !== 'VariableDeclaration') return
        for (const each of declaration.declarations) if (each.id.type === 'Identifier') check(each.id.name, each)
      },
    }
  },
}

/** Rules of this house. */
export const clew = { rules: { 'file-names': fileNames, 'loader-length': loaderLength } }
