// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/theme/mode.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStyle>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

/** WCAG 2.1, relative luminance. */
double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
           + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void modeIsToldByThePalette()
    {
        QVERIFY(!Theme::of(Theme::lightMode().palette()).dark);
        QVERIFY(Theme::of(Theme::darkMode().palette()).dark);
        for (const Theme *theme : {&Theme::lightMode(), &Theme::darkMode(), &Theme::lightContrast(),
                                   &Theme::darkContrast()})
            QCOMPARE(&Theme::of(theme->palette()), theme);
    }

    void highContrastIsWantedByTheDesktop_data()
    {
        QTest::addColumn<QColor>("window");
        QTest::addColumn<QColor>("text");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("Qt's own") << QColor(0xEFEFEF) << QColor(Qt::black) << false;
        QTest::newRow("Breeze") << QColor(0xEFF0F1) << QColor(0x232629) << false;
        QTest::newRow("Breeze Dark") << QColor(0x31363B) << QColor(0xEFF0F1) << false;
        QTest::newRow("black on white") << QColor(Qt::white) << QColor(Qt::black) << true;
        QTest::newRow("white on black") << QColor(Qt::black) << QColor(Qt::white) << true;
    }
    void highContrastIsWantedByTheDesktop()
    {
        QFETCH(QColor, window);
        QFETCH(QColor, text);
        QPalette desktop;
        desktop.setColor(QPalette::Window, window);
        desktop.setColor(QPalette::WindowText, text);
        QTEST(isHighContrast(desktop), "wanted");
    }

    void highContrastIsWantedByTheEnvironment()
    {
        qputenv("GTK_THEME", "HighContrastInverse");
        applyTheme(*qApp, ThemeMode::Dark);
        qunsetenv("GTK_THEME");
        QCOMPARE(&Theme::of(QApplication::palette()), &Theme::darkContrast());
        applyTheme(*qApp, ThemeMode::Light);
        QCOMPARE(&Theme::of(QApplication::palette()), &Theme::lightMode());
    }

    /** WCAG 2.2, 1.4.6: 7 to 1, as far as text goes. */
    void highContrastIsHigh_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void highContrastIsHigh()
    {
        QFETCH(bool, dark);
        applyTheme(*qApp, dark ? ThemeMode::Dark : ThemeMode::Light, Contrast::High);
        const Theme &theme = Theme::of(QApplication::palette());
        QVERIFY(theme.highContrast);
        QCOMPARE(theme.dark, dark);
        for (const QColor &back : {theme.background, theme.surface, theme.raised}) {
            for (const QColor &color :
                 {theme.text, theme.secondary, theme.line, theme.good, theme.warning, theme.bad,
                  theme.methodGet, theme.methodPost, theme.methodPut, theme.methodPatch,
                  theme.methodDelete, theme.methodOther, theme.accent})
                QVERIFY2(contrast(color, back) >= 7, qPrintable(color.name() + back.name()));
            for (const QColor &color : {theme.inFlight, theme.waitingHost, theme.waitingTotal,
                                        theme.completed, theme.errors, theme.p50})
                QVERIFY2(contrast(color, back) >= 4.5, qPrintable(color.name() + back.name()));
        }
        for (const QColor &color : {theme.selection, theme.hover})
            QCOMPARE(color.alpha(), 255); // Nothing shines through.
        QVERIFY(contrast(theme.accentText, theme.accent) >= 7);
        QVERIFY(contrast(theme.text, theme.selection) >= 7);
    }

    void appearanceIsKept()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(u"a.ini"_s), QSettings::IniFormat);
        QCOMPARE(loadAppearance(settings), Appearance{});
        for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light, ThemeMode::System}) {
            for (const Contrast high : {Contrast::High, Contrast::System}) {
                saveAppearance(settings, {mode, high});
                QCOMPARE(loadAppearance(settings), (Appearance{mode, high}));
            }
        }
    }

    void textIsReadable_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textIsReadable()
    {
        QFETCH(bool, dark);
        const Theme &theme = dark ? Theme::darkMode() : Theme::lightMode();
        for (const QColor &back : {theme.background, theme.surface, theme.raised}) {
            for (const QColor &color :
                 {theme.text, theme.secondary, theme.good, theme.warning, theme.bad,
                  theme.methodGet, theme.methodPost, theme.methodPut, theme.methodPatch,
                  theme.methodDelete, theme.methodOther})
                QVERIFY2(contrast(color, back) >= 4.5, qPrintable(color.name() + back.name()));
            for (const QColor &color : {theme.accent, theme.inFlight, theme.waitingHost,
                                        theme.waitingTotal, theme.completed, theme.errors})
                QVERIFY2(contrast(color, back) >= 3, qPrintable(color.name() + back.name()));
        }
        QVERIFY(contrast(theme.accentText, theme.accent) >= 4.5);
    }

    void paletteInUseIsReadable_data() { textIsReadable_data(); }
    void paletteInUseIsReadable()
    {
        QFETCH(bool, dark);
        applyTheme(*qApp, dark ? ThemeMode::Dark : ThemeMode::Light);
        const QPalette palette = QApplication::palette();
        QCOMPARE(Theme::of(palette).dark, dark);
        const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
            {QPalette::WindowText, QPalette::Window},
            {QPalette::Text, QPalette::Base},
            {QPalette::Text, QPalette::AlternateBase},
            {QPalette::ButtonText, QPalette::Button},
            {QPalette::HighlightedText, QPalette::Highlight},
            {QPalette::ToolTipText, QPalette::ToolTipBase},
            {QPalette::PlaceholderText, QPalette::Base},
            {QPalette::PlaceholderText, QPalette::Window}};
        for (const auto &[text, back] : pairs)
            QVERIFY2(contrast(palette.color(text), palette.color(back)) >= 4.5,
                     qPrintable(QString::number(text)));
        QVERIFY(contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= 3);
    }

    void methodsHaveTheirColors_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QColor>("color");
        const Theme &theme = Theme::lightMode();
        QTest::newRow("get") << u"GET"_s << theme.methodGet;
        QTest::newRow("lower case") << u"patch"_s << theme.methodPatch;
        QTest::newRow("delete") << u"DELETE"_s << theme.methodDelete;
        QTest::newRow("other") << u"PROPFIND"_s << theme.methodOther;
    }
    void methodsHaveTheirColors()
    {
        QFETCH(QString, method);
        QFETCH(QColor, color);
        QCOMPARE(Theme::lightMode().methodColor(method), color);
    }

    void iconTakesThePaletteColor()
    {
        QApplication::setPalette(Theme::darkMode().palette());
        const QImage image = themedIcon(u"list-add"_s).pixmap(16, 16).toImage();
        bool found = false;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                found |= image.pixelColor(x, y) == Theme::darkMode().text;
        }
        QVERIFY(found);
    }

    /** A dock asks for its icons once. */
    void glyphsOfDocksFollowTheTheme()
    {
        applyTheme(*qApp, ThemeMode::Light);
        for (const auto which : {QStyle::SP_TitleBarCloseButton, QStyle::SP_TitleBarNormalButton}) {
            const QIcon icon = qApp->style()->standardIcon(which);
            const QImage light = icon.pixmap(16).toImage();
            applyTheme(*qApp, ThemeMode::Dark);
            QVERIFY(icon.pixmap(16).toImage() != light);
            applyTheme(*qApp, ThemeMode::Light);
            QCOMPARE(icon.pixmap(16).toImage(), light);
        }
    }

    void controlsAre28PixelsHigh()
    {
        applyTheme(*qApp, ThemeMode::Light);
        QCOMPARE(QLineEdit().sizeHint().height(), 28);
        QCOMPARE(QComboBox().sizeHint().height(), 28);
        QCOMPARE(QSpinBox().sizeHint().height(), 28);
        QCOMPARE(QPushButton(u"Send"_s).sizeHint().height(), 28);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
