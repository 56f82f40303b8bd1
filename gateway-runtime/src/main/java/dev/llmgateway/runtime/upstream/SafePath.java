package dev.llmgateway.runtime.upstream;

/// Which bytes of a client may become part of an upstream path.
final class SafePath {
    private SafePath() {}

    /// Segments of unreserved characters, each behind one `/`; no `.` or `..` segment, so nobody
    /// climbs out of the route.
    static boolean isSuffix(String suffix) {
        if (suffix.charAt(0) != '/' || suffix.endsWith("/")) {
            return false;
        }
        for (String segment : suffix.substring(1).split("/", -1)) {
            boolean dots = segment.equals(".") || segment.equals("..");
            if (segment.isEmpty() || dots || !segment.chars().allMatch(SafePath::unreserved)) {
                return false;
            }
        }
        return true;
    }

    /// RFC 3986, 2.3.
    static boolean unreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
