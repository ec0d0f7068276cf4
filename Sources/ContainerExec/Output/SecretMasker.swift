package import ProcessEnvironment

/// Replaces secrets in one stream of output by `***`, however the stream is cut into pieces.
///
/// What may be the beginning of a secret is held back until it is clear; nothing else is, so that a prompt without a
/// newline comes through at once. At most the longest form less one byte is held, with its line breaks. When the stream
/// pauses, ``pause(emit:)`` gives out what is too little of any form to tell anything.
package struct SecretMasker: Sendable {
    /// What stands in place of a secret.
    package static let mask = Array("***".utf8)
    /// The most bytes of a form that a pause shows, of one at least four times as long.
    private static let mostShown = 7

    private var forms: [[UInt8]] = []
    private var set = NeedleSet([])
    private var held: [UInt8] = []
    /// How many of the held bytes belong to a secret that was replaced already.
    private var heldMasked = 0
    /// How many of the held bytes were replaced or shown already.
    private var heldDone = 0

    /// Creates a masker that knows no secret.
    package init() {}

    /// Adds secrets; those it knows stay, since a rotated credential may still be printed.
    package mutating func add(_ secrets: [Secret]) {
        var known = Set(forms)
        let new = secrets.flatMap(SecretForms.all).filter { known.insert($0).inserted }
        guard !new.isEmpty else { return }
        forms += new
        set = NeedleSet(forms)
    }

    /// Takes bytes in, and hands those that are clear to `emit`, in pieces.
    package mutating func consume(_ bytes: RawSpan, emit: (RawSpan) -> Void) {
        guard !forms.isEmpty else { return emit(bytes) }
        unsafe bytes.withUnsafeBytes { text in
            var rest = unsafe text
            if !held.isEmpty {
                // A secret that begins in what is held ends within the length of the longest one.
                let taken = min(text.count, set.longest)
                var bridge = held
                unsafe bridge.append(contentsOf: text[..<taken])
                unsafe bridge.withUnsafeBytes { unsafe process($0, emit: emit) }
                if taken == text.count { return }
                // What is held now is shorter than that, and so lies in these bytes: it goes on from there.
                unsafe rest = UnsafeRawBufferPointer(rebasing: text[(taken - held.count)...])
            }
            unsafe process(rest, emit: emit)
        }
    }

    /// Gives out what is held where it is at most the first quarter, and seven bytes, of any form: the stream has been
    /// quiet for a while, and somebody may be waiting for the end of a prompt or of a line.
    ///
    /// What follows may still complete a form, whose remaining bytes are replaced then.
    package mutating func pause(emit: (RawSpan) -> Void) {
        // A line break beside each byte is the most that there can be.
        guard held.count > heldDone, held.count <= Self.mostShown + 4 else { return }
        let isSlight = unsafe held.withUnsafeBytes { unsafe set.isSlight($0, most: Self.mostShown) }
        guard isSlight else { return }
        let bytes = Array(held[heldDone...])
        heldDone = held.count
        unsafe emit(bytes.span.bytes)
    }

    /// Gives out what is held, with what is a shorter secret in it replaced: the stream has ended, so that it is no
    /// longer one's beginning any more.
    package mutating func finish(emit: (RawSpan) -> Void) {
        guard !held.isEmpty else { return }
        let rest = held
        unsafe rest.withUnsafeBytes { unsafe process($0, isLast: true, emit: emit) }
    }

    private mutating func process(
        _ text: UnsafeRawBufferPointer,
        isLast: Bool = false,
        emit: (RawSpan) -> Void
    ) {
        var ranges = unsafe set.matches(in: text)
        let isContinued = heldMasked > 0
        if isContinued {
            // The first bytes were replaced when they came; what overlaps them is part of the same replacement.
            if let first = ranges.first, first.lowerBound <= heldMasked {
                ranges[0] = 0..<max(heldMasked, first.upperBound)
            } else {
                ranges.insert(0..<heldMasked, at: 0)
            }
        }
        let clear = unsafe isLast ? text.count : text.count - set.liveSuffix(of: text)
        var masked = 0
        var position = heldDone
        for (index, range) in ranges.enumerated() {
            let isReplaced = isContinued && index == 0
            guard range.lowerBound < clear || isReplaced else { break }
            if position < range.lowerBound {
                unsafe emit(UnsafeRawBufferPointer(rebasing: text[position..<range.lowerBound]).bytes)
            }
            if !isReplaced { unsafe emit(Self.mask.span.bytes) }
            masked = range.upperBound
            position = max(position, masked)
        }
        if position < clear {
            unsafe emit(UnsafeRawBufferPointer(rebasing: text[position..<clear]).bytes)
        }
        held.removeAll(keepingCapacity: true)
        unsafe held.append(contentsOf: text[clear...])
        heldMasked = max(0, masked - clear)
        heldDone = max(0, position - clear)
    }
}
