package dev.llmgateway.runtime.dialect.json;

/// The grammar of a JSON number, byte by byte.
final class NumberScan {
    private enum State {
        Minus,
        Zero,
        Integer,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
        Rejected
    }

    /// More digits than this are no count of anything.
    private static final int MOST_DIGITS = 18;

    private State state = State.Minus;
    private long value;
    private int digits;

    /// @return whether a number may start so
    boolean start(byte c) {
        if (c != '-' && !digit(c)) {
            return false;
        }
        state = c == '-' ? State.Minus : c == '0' ? State.Zero : State.Integer;
        value = state == State.Integer ? c - '0' : 0;
        digits = c == '-' ? MOST_DIGITS : 1; // below zero: no count either
        return true;
    }

    /// Reads on.
    ///
    /// @return index of the first byte that does not belong to the number, or `end`
    int scan(TextWindow window, int from, int end) {
        int i = from;
        while (state == State.Integer && i < end && digit(window.at(i))) {
            if (++digits <= MOST_DIGITS) {
                value = value * 10 + (window.at(i) - '0');
            }
            i++;
        }
        while (i < end && accepts(window.at(i))) {
            i++;
        }
        return i;
    }

    private boolean accepts(byte c) {
        State next =
                switch (state) {
                    case Minus -> c == '0' ? State.Zero : digits(c, State.Integer);
                    case Zero -> afterInteger(c);
                    case Integer -> digit(c) ? State.Integer : afterInteger(c);
                    case Point -> digits(c, State.Fraction);
                    case Fraction -> exponent(c) ? State.Exponent : digits(c, State.Fraction);
                    case Exponent ->
                            c == '+' || c == '-'
                                    ? State.ExponentSign
                                    : digits(c, State.ExponentDigits);
                    case ExponentSign, ExponentDigits -> digits(c, State.ExponentDigits);
                    case Rejected -> State.Rejected;
                };
        if (next == State.Rejected) {
            return false;
        }
        state = next;
        if (next == State.Integer && ++digits <= MOST_DIGITS) {
            value = value * 10 + (c - '0');
        }
        return true;
    }

    /// Whether a number may end here.
    boolean complete() {
        return switch (state) {
            case Zero, Integer, Fraction, ExponentDigits -> true;
            case Minus, Point, Exponent, ExponentSign, Rejected -> false;
        };
    }

    /// The number as a count; 0 for an integer that is none (negative, or of more than 18 digits),
    /// -1 for a fraction.
    long count() {
        return switch (state) {
            case Zero, Integer -> digits <= MOST_DIGITS ? value : 0;
            case Minus, Point, Fraction, Exponent, ExponentSign, ExponentDigits, Rejected -> -1;
        };
    }

    private State afterInteger(byte c) {
        return c == '.' ? State.Point : exponent(c) ? State.Exponent : State.Rejected;
    }

    private State digits(byte c, State next) {
        return digit(c) ? next : State.Rejected;
    }

    private static boolean exponent(byte c) {
        return c == 'e' || c == 'E';
    }

    private static boolean digit(byte c) {
        return c >= '0' && c <= '9';
    }
}
