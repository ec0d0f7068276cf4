/// The rules for how long credentials are asked for.
enum SessionDuration {
    /// The seconds that AWS takes: 15 minutes to 12 hours.
    static let allowed = 900...43_200

    /// Returns the seconds that `text` means: `3600`, or hours, minutes and seconds as in `1h30m`; nil when it is neither.
    static func seconds(_ text: String) -> Int? {
        if let seconds = plain(text[...]) { return seconds }
        var rest = text[...]
        var total = 0
        var units = "hms"[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard let number = plain(digits), let unit = rest[digits.endIndex...].first,
                let position = units.firstIndex(of: unit)
            else { return nil }
            // Each unit once, the larger ones first.
            units = units[units.index(after: position)...]
            total += number * (unit == "h" ? 3600 : unit == "m" ? 60 : 1)
            rest = rest[digits.endIndex...].dropFirst()
        }
        return total
    }

    private static func plain(_ text: Substring) -> Int? {
        // At most seven digits, so that no sum overflows.
        guard (1...7).contains(text.utf8.count), text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}
