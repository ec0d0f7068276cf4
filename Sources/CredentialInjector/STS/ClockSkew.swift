/// How far the clocks of this machine and of STS may differ.
enum ClockSkew {
    /// The seconds from which on it is told; AWS refuses signed requests at 300.
    static let warning = 240
}
