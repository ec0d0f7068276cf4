/// What a masker should do, in the plainest way: every form is looked for at every place.
package struct MaskReference {
    /// By their first byte, for speed: nothing else is clever here.
    private let forms: [UInt8: [[UInt8]]]

    /// Creates a masker of forms, of which those of 32 bytes and more may be broken into lines of at least 31 bytes.
    package init(forms: [[UInt8]]) {
        self.forms = Dictionary(grouping: forms.filter { !$0.isEmpty }) { $0[0] }
    }

    /// Which bytes of a text belong to a form.
    package func masked(in text: [UInt8]) -> [Bool] {
        var result = [Bool](repeating: false, count: text.count)
        for start in text.indices {
            for form in forms[text[start]] ?? [] {
                guard let end = end(of: form, in: text, from: start) else { continue }
                for index in start..<end { result[index] = true }
            }
        }
        return result
    }

    /// The bytes of a text that belong to no form.
    package func clear(_ text: [UInt8]) -> [UInt8] {
        zip(text, masked(in: text)).filter { !$0.1 }.map(\.0)
    }

    private func end(of form: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        let isBreakable = form.count >= 32 && !form.contains(10) && !form.contains(13)
        var index = start
        var breaks: [Int] = []
        for (position, byte) in form.enumerated() {
            if isBreakable, position > 0 {
                if text[index...].starts(with: [13, 10]) {
                    index += 2
                    breaks.append(position)
                } else if text[index...].first == 10 {
                    index += 1
                    breaks.append(position)
                }
            }
            guard index < text.count, text[index] == byte else { return nil }
            index += 1
        }
        return zip(breaks, breaks.dropFirst()).allSatisfy { $1 - $0 >= 31 } ? index : nil
    }
}
