import ManifestModel
import YAMLSource

/// The loader of manifests: whatever the text is, it ends, and every finding can be shown at a place that there is.
@_cdecl("oktetorun_fuzz_manifest")
public func fuzzManifest(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = SourceText(path: "okteto.yml", bytes: FuzzInput(start, count).rest)
    let loaded = ManifestLoader.load(source)
    for finding in loaded.diagnostics {
        expectShowable(finding.message)
        if let help = finding.help { expectShowable(help) }
        let mark = finding.mark
        precondition(mark.line >= 1 && mark.column >= 1 && mark.length >= 1, "a place before the text")
        precondition(source.line(mark.line) != nil, "a line that is not there")
    }
    precondition(loaded.manifest != nil || loaded.diagnostics.hasErrors, "no manifest, and no reason")
    let marks = loaded.diagnostics.map(\.mark)
    precondition(zip(marks, marks.dropFirst()).allSatisfy { !($1 < $0) }, "findings that are not in order")
    _ = DiagnosticRenderer(source: source).render(loaded.diagnostics)
    guard let manifest = loaded.manifest, !loaded.diagnostics.hasErrors else { return 0 }
    // What has no error can be planned.
    guard let graph = try? TestGraph(manifest.tests), let order = try? graph.order() else {
        preconditionFailure("a valid manifest whose tests have no order")
    }
    precondition(order.count == manifest.tests.count, "a test that is lost")
    for test in manifest.tests { precondition(!test.commands.isEmpty, "a test without commands") }
    return 0
}
