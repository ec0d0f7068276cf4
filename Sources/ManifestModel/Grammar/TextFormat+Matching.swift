extension TextFormat {
    /// Returns whether a text has the format; in time linear in its length.
    package func accepts(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        switch self {
        case .forward: return Self.isForward(bytes, signs: true, service: { _ in true })
        case .strictForward: return Self.isForward(bytes, signs: false, service: Self.isServiceName)
        case .globalForward: return Self.isForward(bytes, signs: true, service: { !$0.isEmpty })
        case .strictGlobalForward: return Self.isForward(bytes, signs: false, service: { !$0.isEmpty })
        case .reverse, .strictReverse:
            let parts = Self.parts(bytes)
            return parts.count == 2 && parts.allSatisfy { Self.isNumber($0, signs: self == .reverse) }
        case .syncFolder:
            let colons = bytes.count { $0 == UInt8(ascii: ":") }
            return colons > 0 && (colons <= 2 || bytes.contains(UInt8(ascii: "$")))
        case .duration: return Self.isDuration(bytes)
        case .strictDuration:
            guard let unit = bytes.last, "hms".utf8.contains(unit) else { return false }
            return Self.isNumber(bytes.dropLast(), signs: false)
        case .host:
            if bytes.contains(UInt8(ascii: "$")) { return true }
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
            return colon > 0 && colon < bytes.count - 1
        case .strictHost:
            let parts = Self.parts(bytes)
            guard parts.count == 2, let name = parts.first, let address = parts.last else { return false }
            return !name.isEmpty && !address.isEmpty
                && name.allSatisfy { Self.isServiceByte($0) || $0 == UInt8(ascii: ".") }
                && address.allSatisfy { Self.isDigit($0) || $0 == UInt8(ascii: ".") }
        }
    }

    private static func parts(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
    }

    private static func isForward(_ bytes: [UInt8], signs: Bool, service: (ArraySlice<UInt8>) -> Bool) -> Bool {
        let parts = parts(bytes)
        guard let local = parts.first, let remote = parts.last, parts.count == 2 || parts.count == 3 else {
            return false
        }
        guard isNumber(local, signs: signs), isNumber(remote, signs: signs) else { return false }
        return parts.count == 2 || service(parts[1])
    }

    private static func isNumber(_ bytes: ArraySlice<UInt8>, signs: Bool) -> Bool {
        let hasSign = signs && (bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+"))
        let digits = bytes.dropFirst(hasSign ? 1 : 0)
        return !digits.isEmpty && digits.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private static func isServiceByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) && byte < 0x80 || byte == UInt8(ascii: "-")
    }

    private static func isServiceName(_ bytes: ArraySlice<UInt8>) -> Bool {
        !bytes.isEmpty && bytes.allSatisfy(isServiceByte)
    }

    /// Whether Go's `time.ParseDuration` takes the text, or it is a number of seconds.
    private static func isDuration(_ bytes: [UInt8]) -> Bool {
        if isNumber(bytes[...], signs: false) { return true }
        var rest = bytes[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return true }
        guard !rest.isEmpty else { return false }
        while !rest.isEmpty {
            let whole = rest.prefix(while: isDigit)
            rest.removeFirst(whole.count)
            var fraction = 0
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                fraction = rest.prefix(while: isDigit).count
                rest.removeFirst(fraction)
            }
            guard whole.count + fraction > 0, let unit = units.first(where: { rest.starts(with: $0) }) else {
                return false
            }
            rest.removeFirst(unit.count)
        }
        return true
    }

    /// The units, each before those that it begins with.
    private static let units = ["ns", "us", "µs", "μs", "ms", "s", "m", "h"].map { Array($0.utf8) }
}
