internal import YAMLSource

/// Decodes the resources of `external`.
enum ExternalDecoder {
    static func decode(_ entry: YAMLEntry) -> ExternalResource {
        ExternalResource(
            name: Marked(entry.key, at: entry.mark),
            icon: entry.value.text("icon") ?? "default",
            notes: entry.value.text("notes"),
            endpoints: (entry.value["endpoints"]?.items ?? []).map { node in
                let name = node.markedText("name") ?? Marked("", at: node.mark)
                return ExternalResource.Endpoint(name: name, url: node.text("url"))
            }
        )
    }
}
