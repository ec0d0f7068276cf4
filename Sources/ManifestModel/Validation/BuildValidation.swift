internal import YAMLSource

/// Checks what images of `build` say beyond their shape.
enum BuildValidation {
    /// Returns an error for every image that depends on itself, alone or in a circle.
    ///
    /// A name that no image has is no error: Okteto passes over it.
    static func findings(in images: [BuildImage]) -> [Diagnostic] {
        let names = images.map(\.name.value)
        let index = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        let edges: [[CircleSearch.Edge]] = images.map { image in
            image.dependsOn.compactMap { dependency in index[dependency.value].map { ($0, dependency.mark) } }
        }
        return CircleSearch.circles(in: edges).map { circle in
            let shown = circle.members.map { PrintableText.quoted(names[$0]) }
            let message =
                shown.count == 1
                ? "the image \(shown[0]) depends on itself"
                : "images depend on each other in a circle: "
                    + (shown + [circle.isCut ? "…" : shown[0]]).joined(separator: " → ")
            return Diagnostic(.error, message, at: circle.mark, help: "remove one of the dependencies", rule: .circle)
        }
    }
}
