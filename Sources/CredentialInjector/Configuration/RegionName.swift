/// The rules for a region, which becomes part of a host name.
enum RegionName {
    /// Returns whether `name` is one lower-case label of a host name, as every region is: no dot, no slash.
    static func isValid(_ name: String) -> Bool {
        isLabel(name) && !name.utf8.contains { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// Returns whether `name` is one label of a host name: 1 to 63 letters, digits and inner hyphens.
    static func isLabel(_ name: String) -> Bool {
        let bytes = name.utf8
        guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        let hyphen = UInt8(ascii: "-")
        return first != hyphen && last != hyphen
            && bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen:
                    true
                default: false
                }
            }
    }
}
