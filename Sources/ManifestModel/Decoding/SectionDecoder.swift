internal import YAMLSource

/// Checks the shape of the sections that are not executed.
enum SectionDecoder {
    static let keys = ["icon", "build", "dependencies", "external", "dev", "forward"]

    private static let build = [
        "context", "dockerfile", "target", "image", "args", "secrets", "cache_from", "export_cache", "depends_on",
    ]

    static func check(_ entry: YAMLEntry, _ context: inout DecodingContext) {
        switch entry.key {
        case "icon": _ = context.text(entry.value, "'icon'")
        case "build": checkBuild(entry, &context)
        case "external": checkExternal(entry, &context)
        case "forward": _ = context.items(entry, "'forward'")
        default:
            // `dependencies` and `dev` are mappings or lists.
            if case .scalar = entry.value.content {
                context.error("'\(entry.key)' must be a mapping or a list, not a text", at: entry.value.mark)
            }
        }
    }

    private static func checkBuild(_ entry: YAMLEntry, _ context: inout DecodingContext) {
        for image in entries(entry, &context) {
            let place = "the image \(PrintableText.quoted(image.key))"
            if image.value.isNull {
                context.error(
                    "\(place) of 'build' is empty",
                    at: image.mark,
                    help: "write at least 'context: .' under it"
                )
                continue
            }
            if case .scalar = image.value.content { continue }
            guard let fields = context.fields(of: image.value, in: place, known: build) else { continue }
            for key in ["args", "secrets"] {
                guard let field = fields[key], case .scalar = field.value.content else { continue }
                context.error("'\(key)' of \(place) must be a mapping, not a text", at: field.value.mark)
            }
        }
    }

    private static func checkExternal(_ entry: YAMLEntry, _ context: inout DecodingContext) {
        for resource in entries(entry, &context) where !resource.value.isNull {
            let place = "the external resource \(PrintableText.quoted(resource.key))"
            let known = ["icon", "notes", "endpoints"]
            guard let fields = context.fields(of: resource.value, in: place, known: known) else { continue }
            let endpoints = context.items(fields["endpoints"], "'endpoints' of \(place)")
            if endpoints.isEmpty, fields["endpoints"] == nil {
                context.error("\(place) needs at least one endpoint", at: resource.mark)
            }
            var names: Set<String> = []
            for endpoint in endpoints {
                guard let fields = context.fields(of: endpoint, in: "an endpoint", known: ["name", "url"]),
                    let name = context.markedText(fields["name"], "'name' of an endpoint")
                else { continue }
                if !names.insert(name.value).inserted {
                    context.error(
                        "\(place) has two endpoints named \(PrintableText.quoted(name.value))",
                        at: name.mark
                    )
                }
            }
        }
    }

    private static func entries(_ entry: YAMLEntry, _ context: inout DecodingContext) -> [YAMLEntry] {
        if case .mapping(let entries) = entry.value.content { return entries }
        context.error("'\(entry.key)' must be a mapping, not \(entry.value.kindName)", at: entry.value.mark)
        return []
    }
}
