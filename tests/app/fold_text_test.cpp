#include "text/fold_text.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

TEST_CASE("texts that people take for the same are folded to one") {
    struct Row {
        const char* special;
        std::string text;
        const char* folded;
    };
    // Expected by the Unicode Character Database: CaseFolding.txt, NFKC of UnicodeData.txt, and
    // Default_Ignorable_Code_Point of DerivedCoreProperties.txt.
    const auto row = GENERATE(values<Row>({
        {"plain", "USDC", "usdc"},
        {"nothing", "", ""},
        {"full-width letters (U+FF35 …)", "ＵＳＤＣ", "usdc"},
        {"mathematical bold (U+1D414 …)", "𝐔𝐒𝐃𝐂", "usdc"},
        {"circled (U+24CA …)", "ⓊⓈⒹⒸ", "usdc"},
        {"zero-width space (U+200B)", "US\u200bDC", "usdc"},
        {"zero-width joiner (U+200D)", "US\u200dDC", "usdc"},
        {"byte order mark (U+FEFF)", "\ufeffUSDC", "usdc"},
        {"soft hyphen (U+00AD)", "US\u00adDC", "usdc"},
        {"word joiner (U+2060)", "US\u2060DC", "usdc"},
        {"variation selector (U+FE0F)", "USDC\ufe0f", "usdc"},
        {"right-to-left override (U+202E)", "\u202eUSDC", "usdc"},
        {"right-to-left mark (U+200F)", "USDC\u200f", "usdc"},
        {"Hangul filler (U+3164)", "USDC\u3164", "usdc"},
        {"only invisible", "\u200b\u200d\u2060", ""},
        {"no-break and ideographic spaces around", "\u00a0USD Coin\u3000", "usd coin"},
        {"only spaces", "   ", ""},
        {"sharp s", "Straße", "strasse"},
        {"composed and decomposed", "e\u0301", "é"},
        {"ligature", "ﬁ", "fi"},
        {"superscript", "USDC²", "usdc2"},
        {"right-to-left letters stay", "דאי", "דאי"},
        // Another letter, not another form of the same: not what this folds.
        {"Cyrillic Es (U+0421)", "USD\u0421", "usd\u0441"},
        {"no UTF-8", "US\xff", ""},
    }));
    CAPTURE(row.special);
    CHECK(fold_text(row.text) == row.folded);
}
