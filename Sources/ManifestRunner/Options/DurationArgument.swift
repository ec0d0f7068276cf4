internal import ArgumentParser

/// A duration as Okteto's options have it: `90s`, `5m`, `1h30m`, or a bare number of seconds.
struct DurationArgument: ExpressibleByArgument, Sendable, Hashable {
    /// The whole seconds, at least 1.
    let seconds: Int

    init?(argument: String) {
        var total = 0
        var number = ""
        for character in argument {
            if character.isASCII, character.isNumber {
                number.append(character)
                continue
            }
            let units: [Character: Int] = ["h": 3_600, "m": 60, "s": 1]
            guard let unit = units[character], let value = Int(number), value <= 1_000_000 else { return nil }
            total += value * unit
            number = ""
        }
        if !number.isEmpty {
            // A number without a unit is only taken alone: `1h30` would be read in two ways.
            guard number == argument, let value = Int(number), value <= 1_000_000_000 else { return nil }
            total = value
        }
        guard total > 0 else { return nil }
        seconds = total
    }

    var duration: Duration { .seconds(seconds) }
}
