<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>octavo::gui::ActivationsPage</name>
    <message numerus="yes">
        <source>&lt;b&gt;%1&lt;/b&gt;, %n channels</source>
        <translation>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n channel</numerusform>
            <numerusform>&lt;b&gt;%1&lt;/b&gt;, %n channels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::AnswersTab</name>
    <message numerus="yes">
        <source>Original, %n token(s)</source>
        <translation>
            <numerusform>Original, %n token</numerusform>
            <numerusform>Original, %n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export, %n token(s)</source>
        <translation>
            <numerusform>Export, %n token</numerusform>
            <numerusform>Export, %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::CalibrationSection</name>
    <message numerus="yes">
        <source>%n data sets</source>
        <translation>
            <numerusform>%n data set</numerusform>
            <numerusform>%n data sets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::ExportPage</name>
    <message numerus="yes">
        <source>&lt;b&gt;This export would not load:&lt;/b&gt; %n check(s) failed.</source>
        <translation>
            <numerusform>&lt;b&gt;This export would not load:&lt;/b&gt; %n check failed.</numerusform>
            <numerusform>&lt;b&gt;This export would not load:&lt;/b&gt; %n checks failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM&lt;/b&gt;, with %n warning(s).</source>
        <translation>
            <numerusform>&lt;b&gt;Ready for vLLM&lt;/b&gt;, with %n warning.</numerusform>
            <numerusform>&lt;b&gt;Ready for vLLM&lt;/b&gt;, with %n warnings.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&lt;b&gt;Ready for vLLM.&lt;/b&gt; All %n check(s) passed.</source>
        <translation>
            <numerusform>&lt;b&gt;Ready for vLLM.&lt;/b&gt; The %n check passed.</numerusform>
            <numerusform>&lt;b&gt;Ready for vLLM.&lt;/b&gt; All %n checks passed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::HardwareBox</name>
    <message numerus="yes">
        <source>%n cores</source>
        <translation>
            <numerusform>%n core</numerusform>
            <numerusform>%n cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::MemoryPlot</name>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in 16 bit</source>
        <translation>
            <numerusform>weights, KV cache of %n token in 16 bit</numerusform>
            <numerusform>weights, KV cache of %n tokens in 16 bit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>weights, KV cache of %n token(s) in FP8</source>
        <translation>
            <numerusform>weights, KV cache of %n token in FP8</numerusform>
            <numerusform>weights, KV cache of %n tokens in FP8</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::ModelSection</name>
    <message numerus="yes">
        <source>%n layers</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::OptionsSection</name>
    <message numerus="yes">
        <source>%n matrices have a scheme of their own.</source>
        <translation>
            <numerusform>%n matrix has a scheme of its own.</numerusform>
            <numerusform>%n matrices have a scheme of their own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n inputs have a smoothing strength of their own.</source>
        <translation>
            <numerusform>%n input has a smoothing strength of its own.</numerusform>
            <numerusform>%n inputs have a smoothing strength of their own.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n matrices are solved in a way of their own.</source>
        <translation>
            <numerusform>%n matrix is solved in a way of its own.</numerusform>
            <numerusform>%n matrices are solved in a way of their own.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::ParetoPage</name>
    <message numerus="yes">
        <source>%1: %n group(s)</source>
        <translation>
            <numerusform>%1: %n group</numerusform>
            <numerusform>%1: %n groups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::RecipeEditor</name>
    <message numerus="yes">
        <source>%n matrices</source>
        <translation>
            <numerusform>%n matrix</numerusform>
            <numerusform>%n matrices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::ResultsPage</name>
    <message numerus="yes">
        <source>KV cache, %n tokens</source>
        <translation>
            <numerusform>KV cache, %n token</numerusform>
            <numerusform>KV cache, %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::SensitivityPage</name>
    <message numerus="yes">
        <source>Includes %n partner(s) fused with them in vLLM.</source>
        <translation>
            <numerusform>Includes %n partner fused with them in vLLM.</numerusform>
            <numerusform>Includes %n partners fused with them in vLLM.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>octavo::gui::WhyPanel</name>
    <message numerus="yes">
        <source>%n of %1 input channels carry %2 % of the error.</source>
        <translation>
            <numerusform>%n of %1 input channels carries %2 % of the error.</numerusform>
            <numerusform>%n of %1 input channels carry %2 % of the error.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of %1 output rows carry %2 % of it.</source>
        <translation>
            <numerusform>%n of %1 output rows carries %2 % of it.</numerusform>
            <numerusform>%n of %1 output rows carry %2 % of it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>groups of %n columns</source>
        <translation>
            <numerusform>groups of %n column</numerusform>
            <numerusform>groups of %n columns</numerusform>
        </translation>
    </message>
</context>
</TS>
