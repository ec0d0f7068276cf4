internal import YAMLSource

extension ShapeChecker {
    /// Checks a mapping of known keys; `mark` is where it is named.
    mutating func check(_ node: YAMLNode, _ entries: [YAMLEntry], _ shape: FieldsShape, at mark: SourceMark) {
        if shape.mayBeText, let only = entries.first, entries.count == 1, shape.field(only.key) == nil,
            only.key.contains(" ")
        {
            return report(
                .wrongType,
                "this command is read as a mapping, because it contains ': '",
                at: only.mark,
                help: "put the whole command in quotes, or write it after '|' on a line of its own"
            )
        }
        var unknown: [String] = []
        for entry in entries {
            if let field = shape.field(entry.key) {
                check(entry, field, shape)
            } else if let others = shape.others {
                path.enter(key: entry.key, .path)
                refused("is a key", at: entry.mark)
                path.leave()
                check(entry, others.shape)
            } else {
                unknown.append(entry.key)
                reportUnknown(entry, shape)
            }
        }
        for field in shape.fields where field.need != .optional {
            guard lacks(field, entries) else { continue }
            // A key that was misspelt is reported already.
            if field.need == .schema, !unknown.isEmpty { continue }
            guard !unknown.contains(where: { Suggestion.nearest(to: $0, among: [field.name]) != nil }) else { continue }
            reportMissing(field, shape, at: mark)
        }
        for condition in shape.conditions { check(entries, condition, at: mark) }
        if let choice = shape.choice, unknown.isEmpty { check(entries, choice, at: mark) }
    }

    private mutating func check(_ entry: YAMLEntry, _ field: Field, _ shape: FieldsShape) {
        // What lacks something is reported as the whole's lack.
        if case .always = field.need, lacks(field, [entry]) { return }
        if field.isParserOnly {
            path.enter(key: entry.key, .path)
            refused("is a key", at: entry.mark)
            path.leave()
        }
        check(entry, field.shape)
    }

    private func lacks(_ field: Field, _ entries: [YAMLEntry]) -> Bool {
        guard let value = entries.first(where: { $0.key == field.name })?.value else { return true }
        guard case .always = field.need else { return false }
        switch value.content {
        case .scalar(let scalar): return value.isNull || scalar.text.isEmpty && field.shape.list == nil
        case .sequence(let items): return items.isEmpty && field.shape.list?.isFilled == true
        case .mapping: return false
        }
    }

    private mutating func reportMissing(_ field: Field, _ shape: FieldsShape, at mark: SourceMark) {
        switch field.need {
        case .optional: break
        case .always(let lack, let help): report(.missing, "\(path.name) \(lack)", at: mark, help: help)
        case .schema where shape.mayBeText:
            warn(
                .suspicious,
                "this entry has no '\(field.name)', so it runs nothing",
                at: mark,
                help: "write 'name' and 'command' in one entry, with one '-'"
            )
        case .schema:
            warn(.oktetoSchema, "\(path.name) has no '\(field.name)', for which 'okteto validate' asks", at: mark)
        }
    }

    private mutating func check(_ entries: [YAMLEntry], _ condition: FieldCondition, at mark: SourceMark) {
        let entry = entries.first { $0.key == condition.key }
        let value = entry?.value.text ?? ""
        guard value == condition.value || value.isEmpty && condition.isDefault else { return }
        let when = "with the \(condition.key) \(condition.value)"
        for key in condition.requires where !entries.contains(where: { $0.key == key && !$0.value.isEmpty }) {
            report(.missing, "\(path.name) needs '\(key)' \(when)", at: mark)
        }
        for entry in entries where condition.forbids.contains(entry.key) && !entry.value.isEmpty {
            report(.conflict, "'\(entry.key)' of \(path.name) is not supported \(when)", at: entry.mark)
        }
    }

    private mutating func check(_ entries: [YAMLEntry], _ choice: FieldChoice, at mark: SourceMark) {
        let given = entries.filter { choice.keys.contains($0.key) && !$0.value.isEmpty }
        let keys = choice.keys.map { "'\($0)'" }
        if let second = given.dropFirst().first {
            report(
                .conflict,
                "\(path.name) cannot have both \(keys.joined(separator: " and "))",
                at: second.mark,
                help: "remove one of them"
            )
        } else if given.isEmpty, choice.isRequired {
            report(.missing, "\(path.name) needs \(keys.joined(separator: " or "))", at: mark)
        } else if given.isEmpty, let notice = choice.notice {
            diagnostics.append(Diagnostic(.notice, "\(path.name) \(notice)", at: mark, rule: .suspicious))
        }
    }
}

extension YAMLNode {
    /// Whether there is nothing in it.
    fileprivate var isEmpty: Bool {
        switch content {
        case .scalar(let scalar): isNull || scalar.text.isEmpty
        case .sequence(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        }
    }
}
