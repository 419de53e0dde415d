using System;
using System.IO;
using System.Text;
using System.Xml;

/// Prints every element without elements in it: its name, a tab, its text.
class Read {
    static void Main(string[] files) {
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        var document = new XmlDocument();
        document.Load(files[0]);
        foreach (XmlElement element in document.GetElementsByTagName("*")) {
            if (element.GetElementsByTagName("*").Count == 0) {
                output.Write(element.Name + "\t" + element.InnerText + "\n");
            }
        }
        output.Flush();
    }
}
