// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepalette.h"
#include "ui/theme/theme.h"

#include <QTest>

#include <cmath>

using namespace Sluice;

namespace {

/** WCAG 2.2, relative luminance. */
double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

/** WCAG 2.2, contrast ratio. */
double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

struct Lab
{
    double l = 0, a = 0, b = 0;
};

/** B. Ottosson, "A perceptual color space for image processing". */
Lab okLab(double r, double g, double b)
{
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

using Matrix = std::array<double, 9>;

/** Linear RGB as seen with full protanopia, deuteranopia, tritanopia (Machado 2009), and in grey.
 */
const std::array<Matrix, 5> Visions{{
    {1, 0, 0, 0, 1, 0, 0, 0, 1},
    {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
    {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
    {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
    {0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722},
}};

Lab seen(const QColor &color, const Matrix &m)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    const double r = linear(color.redF());
    const double g = linear(color.greenF());
    const double b = linear(color.blueF());
    const auto row = [&](std::size_t i) {
        return std::clamp(m[i] * r + m[i + 1] * g + m[i + 2] * b, 0.0, 1.0);
    };
    return okLab(row(0), row(3), row(6));
}

double distance(const QColor &a, const QColor &b, const Matrix &vision)
{
    const Lab x = seen(a, vision);
    const Lab y = seen(b, vision);
    return 100
           * std::sqrt(std::pow(x.l - y.l, 2) + std::pow(x.a - y.a, 2) + std::pow(x.b - y.b, 2));
}

} // namespace

class TestLivePalette final : public QObject
{
    Q_OBJECT

private slots:
    void everyBandStandsOut_data();
    void everyBandStandsOut();
    void colorsDifferInEveryVision_data();
    void colorsDifferInEveryVision();
    void everyBandHasItsOwnFill();
    void nothingShinesThroughInHighContrast_data();
    void nothingShinesThroughInHighContrast();
};

void TestLivePalette::everyBandStandsOut_data()
{
    QTest::addColumn<const Theme *>("theme");
    QTest::addColumn<double>("least");
    QTest::newRow("light") << &Theme::lightMode() << 3.0;
    QTest::newRow("dark") << &Theme::darkMode() << 3.0;
    QTest::newRow("high contrast, light") << &Theme::lightContrast() << 4.5;
    QTest::newRow("high contrast, dark") << &Theme::darkContrast() << 4.5;
}

void TestLivePalette::everyBandStandsOut()
{
    QFETCH(const Theme *, theme);
    QFETCH(double, least);
    // The one that a window with this palette draws with.
    QCOMPARE(&Theme::of(theme->palette()), theme);
    const LivePalette palette = LivePalette::of(*theme);
    for (const QColor &band : palette.bands)
        QVERIFY2(contrast(band, palette.surface) >= least, qPrintable(band.name()));
    for (const QColor &line :
         {theme->p50, theme->p95, theme->p99, theme->completed, theme->errors, theme->accent})
        QVERIFY2(contrast(line, palette.surface) >= least, qPrintable(line.name()));
    QVERIFY(contrast(palette.limit, palette.surface) >= least);
    QVERIFY(contrast(palette.hostLimit, palette.surface) >= least);
    QVERIFY(contrast(palette.limit, palette.limitText) >= 4.5);
    QVERIFY(contrast(theme->accent, theme->accentText) >= 4.5);
    QVERIFY(contrast(palette.secondary, palette.surface) >= 4.5);
    QVERIFY(contrast(palette.text, palette.surface) >= 4.5);
}

void TestLivePalette::colorsDifferInEveryVision_data()
{
    QTest::addColumn<QList<QColor>>("colors");
    QTest::addColumn<double>("least");
    for (const Theme *theme : {&Theme::lightMode(), &Theme::darkMode(), &Theme::lightContrast(),
                               &Theme::darkContrast()}) {
        const QByteArray mode = QByteArray(theme->highContrast ? ", high contrast" : "")
                                + (theme->dark ? " dark" : " light");
        const auto row = [&mode](const QByteArray &name, const QList<QColor> &colors,
                                 double least) {
            QTest::newRow(QByteArray(name + mode).constData()) << colors << least;
        };
        const LivePalette palette = LivePalette::of(*theme);
        row("bands", {palette.bands[0], palette.bands[1], palette.bands[2]},
            theme->dark ? 11 : 16.5);
        row("percentiles", {theme->p50, theme->p95, theme->p99}, theme->highContrast ? 13 : 14);
        row("outcomes", {theme->completed, theme->errors}, 16.5);
    }
}

void TestLivePalette::colorsDifferInEveryVision()
{
    QFETCH(QList<QColor>, colors);
    QFETCH(double, least);
    double worst = 100;
    for (const Matrix &vision : Visions) {
        for (qsizetype i = 0; i < colors.size(); ++i) {
            for (qsizetype j = i + 1; j < colors.size(); ++j)
                worst = std::min(worst, distance(colors[i], colors[j], vision));
        }
    }
    QVERIFY2(worst >= least, qPrintable(QString::number(worst)));
}

void TestLivePalette::everyBandHasItsOwnFill()
{
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        for (std::size_t j = i + 1; j < LiveGaugeCount; ++j)
            QVERIFY(LivePalette::fillOf(LiveGauge(i)) != LivePalette::fillOf(LiveGauge(j)));
    }
}

void TestLivePalette::nothingShinesThroughInHighContrast_data()
{
    QTest::addColumn<const Theme *>("theme");
    QTest::newRow("light") << &Theme::lightContrast();
    QTest::newRow("dark") << &Theme::darkContrast();
}

/** A fill is of its colour and the background, with no third one but where a line's edge is. */
void TestLivePalette::nothingShinesThroughInHighContrast()
{
    QFETCH(const Theme *, theme);
    const LivePalette palette = LivePalette::of(*theme);
    QVERIFY(palette.isOpaque);
    QCOMPARE(palette.thinLine, 2.0);
    QVERIFY(palette.limitLine >= 2);
    for (std::size_t i = 0; i < LiveGaugeCount; ++i) {
        const BandFill fill = LivePalette::fillOf(LiveGauge(i));
        const QImage tile = bandTile(palette.bands[i], palette, fill, 1);
        int own = 0;
        int paper = 0;
        for (int y = 0; y < tile.height(); ++y) {
            for (int x = 0; x < tile.width(); ++x) {
                own += tile.pixelColor(x, y) == palette.bands[i];
                paper += tile.pixelColor(x, y) == palette.surface;
            }
        }
        QVERIFY(own > 0);
        QCOMPARE(paper > 0, fill != BandFill::Solid); // Hatched, without a tint behind.
    }
}

QTEST_GUILESS_MAIN(TestLivePalette)
#include "tst_livepalette.moc"
