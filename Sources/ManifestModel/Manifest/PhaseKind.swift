/// The three things that can be run of a manifest.
package enum PhaseKind: String, Sendable, Hashable, CaseIterable {
    case deploy
    case destroy
    case test
}
