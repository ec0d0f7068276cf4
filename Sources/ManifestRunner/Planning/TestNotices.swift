internal import ManifestModel
internal import YAMLSource

/// What a run says of a test before it starts: which of its keys have no effect here, and which may not mean what they
/// look like.
enum TestNotices {
    static func make(_ test: TestPhase, _ caches: PlannedCaches, _ place: PhasePlace) -> [String] {
        let name = "test \(PrintableText.quoted(test.name.value))"
        var notices: [String] = []
        if place == .shell {
            if !caches.paths.isEmpty {
                notices.append(
                    "'caches' of \(name) have no effect in the local shell: it has this machine's own folders"
                )
            }
            if test.skipIfNoFileChanges {
                notices.append(
                    "'skipIfNoFileChanges' of \(name) has no effect in the local shell: "
                        + "what its commands use of this machine is not known"
                )
            }
            return notices
        }
        for cache in test.caches where cache.value.contains("$") || cache.value.hasPrefix("~") {
            notices.append("the cache \(PrintableText.quoted(cache.value)) of \(name) is taken as it is written")
        }
        return notices
    }
}
